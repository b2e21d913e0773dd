# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Align one law
#
# From an act to tables and a chart, with the public API alone: `nis2_align.align` and what it
# returns. The act is the bundled draft law of Valdoria, a country that does not exist; put the
# path of your own in its place, or a list of paths where several acts transpose together.
# Nothing is sent anywhere.

# %%
import builtins
from dataclasses import asdict
from pathlib import Path

import altair as alt
import pandas as pd

from nis2_align import align

HERE = Path.cwd()
ROOT = next(d for d in (HERE, *HERE.parents) if (d / "corpus" / "samples").is_dir())
ACT = ROOT / "corpus" / "samples" / "valdoria_draft.pdf"

pd.set_option("display.max_colwidth", 60, "display.max_columns", None, "display.width", 160)

# In a notebook it is there; where this file runs as a script, values are printed.
display = getattr(builtins, "display", print)


# %% [markdown]
# ## The act and the verdicts

# %%
alignment = align(ACT)
act = alignment.result.acts[0]
display(pd.Series({"title": act.title, "language": act.language, "articles": act.articles}))

# %% [markdown]
# One line for each requirement of the directive, in its order. `provisions` are the clauses that
# the verdict rests on, `gaps` what is missing in them.

# %%
table = alignment.to_frame()
display(table[["requirement", "heading", "coverage", "confidence", "provisions"]].head(12))
display(table["coverage"].value_counts())

# %% [markdown]
# ## Coverage by chapter
#
# What applies to national law and was assessed. `uncertain` is an answer: a person has to look.
# What has no statement in the act's language was not looked at and stands apart.

# %%
chapters = pd.DataFrame(
    {group.key: asdict(group.counts) for group in alignment.table().chapters}
).T.rename_axis("chapter")
chapters["uncertain"] -= chapters["no_statement"]
display(chapters)

# %%
# "mimetype" hands the drawing to the notebook itself; the default would fetch a library.
alt.renderers.enable("mimetype")

GRADES = {
    "full": "#1a7f5a",
    "partial": "#c98a1b",
    "none": "#b3372f",
    "uncertain": "#7a6fb0",
    "not_applicable": "#b8b8b8",
    "no_statement": "#e3e3e3",
}
bars = (
    chapters.reset_index()
    .melt("chapter", list(GRADES), "grade", "requirements")
    .query("requirements > 0")
    .assign(order=lambda frame: frame["grade"].map(list(GRADES).index))
)
chart = (
    alt.Chart(bars, title="Requirements by chapter and grade", width=560)
    .mark_bar()
    .encode(
        x=alt.X("requirements:Q", title="requirements"),
        y=alt.Y("chapter:N", sort=list(chapters.index), title="chapter of the directive"),
        color=alt.Color(
            "grade:N", title=None, scale=alt.Scale(domain=list(GRADES), range=list(GRADES.values()))
        ),
        order="order:Q",
        tooltip=["chapter", "grade", "requirements"],
    )
)
display(chart)

# %% [markdown]
# ## What is missing
#
# One line for each gap, with the element, what is expected and what was found.

# %%
gaps = alignment.gaps()
display(gaps[["requirement", "coverage", "kind", "message"]].head(12))
display(gaps.query("kind == 'figure'")[["requirement", "expected", "found", "provisions"]])

# %% [markdown]
# The least certain of the decided verdicts are where reading pays first.

# %%
decided = table[table["coverage"].isin(["full", "partial", "none"])]
display(decided.nsmallest(10, "confidence")[["requirement", "coverage", "confidence", "heading"]])

# %% [markdown]
# ## One verdict, as a waterfall
#
# The bars of a clause add up to its score; there is no hidden adjustment.

# %%
explanation = alignment.explain("23(4)(a)")
best = explanation.accepted[0]
waterfall = pd.DataFrame(
    [{"signal": bar.signal, "contribution": bar.contribution, "why": bar.why} for bar in best.bars]
)
display(waterfall)
assert abs(waterfall["contribution"].sum() - best.score) < 1e-9

# %%
print(str(explanation)[:1200])

# %% [markdown]
# ## Keep it
#
# The table of concordance for people (`.xlsx`), for scripts (`.json`) and as plain text (`.csv`).

# %%
OUT = ROOT / "out"
OUT.mkdir(exist_ok=True)
for ending in ("xlsx", "json", "csv"):
    alignment.save(OUT / f"valdoria_notebook.{ending}")
display(sorted(path.name for path in OUT.glob("valdoria_notebook.*")))
