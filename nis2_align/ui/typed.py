"""What is typed into a box: not overwritten while it is written, not lost when the page goes.

Streamlit's boxes send their words when they are left. A page that is loaded anew, closed or put
behind another leaves no box, so the browser is told to send what stands in the box at hand, in the
way that the person could, by Ctrl+Enter: as soon as the pointer leaves the page, the keys that load
it anew or close it are pressed, or another page is put before it. Only what comes without any of
these is too sudden: there the server may drop words that were sent in the last tenth of a second.
"""

from __future__ import annotations

import json

import streamlit as st

__all__ = ["SCRIPT", "lay", "lay_script"]

#: All the script there is, with a place for the code of the language.
SCRIPT = """<script>
document.documentElement.lang = %s;
if (!window.sendsTyped) {
  window.sendsTyped = true;
  const boxes = '[data-testid="stTextArea"], [data-testid="stTextInput"]';
  let unsent = null;
  document.addEventListener("input", event => {
    if (event.target.closest(boxes)) unsent = event.target;
  });
  document.addEventListener("focusout", () => { unsent = null; });
  const send = () => {
    if (unsent === null) return;
    const key = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
    unsent.dispatchEvent(new KeyboardEvent("keydown", key));
    unsent = null;
  };
  const goes = event =>
    event.key === "F5" ||
    ((event.ctrlKey || event.metaKey) && ["r", "w"].includes(event.key.toLowerCase()));
  document.addEventListener("keydown", event => { if (goes(event)) send(); });
  document.documentElement.addEventListener("mouseleave", send);
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  window.addEventListener("beforeunload", send);
}
</script>"""


def lay_script(language: str) -> None:
    """Tell the browser to send what is typed before the page goes, and which language it speaks.

    Args:
        language: Code of the language of the screen (BCP 47).
    """
    # Nothing of an act gets into it: the text is fixed but for the code, which is ours.
    st.html(SCRIPT % json.dumps(language), unsafe_allow_javascript=True)


def lay(key: str, words: str) -> None:
    """Put words into the box of a key, unless they stand there: else letters just typed are lost.

    Args:
        key: Key of the box in the session state.
        words: What is to stand in it. Blanks around them are the writer's affair.
    """
    state = st.session_state
    if key not in state or str(state[key] or "").strip() != words.strip():
        state[key] = words
