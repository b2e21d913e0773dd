"""One small invented law in two languages, in our own words, and its analyses.

An analysis takes a second or two, so each text is analysed once for all tests that ask for it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cyrtranslit

from nis2_align.model import Assessment, Result
from nis2_align.pipeline import run, run_documents
from nis2_align.read import read

SHARED = Path(__file__).resolve().parents[4] / "shared"

ENGLISH = """CYBER RESILIENCE ACT OF ISLANDIA
Article 1
Purpose
(1) This Act keeps the networks of Islandia safe.
(2) It enters the rules of the Union into the law of Islandia.
Article 2
Words used
(1) A harbour town is a town with a port.
(2) An operator is an essential entity or an important entity.
Article 3
Governance
(1) The management body of an operator shall approve the cybersecurity measures and supervise how they are carried out, and its members are liable for breaches.
(2) Members of the management body shall attend training, and the operator shall offer similar training to its staff at regular intervals, so that they gain the knowledge to recognise risks.
Article 4
Security measures
(1) Operators shall put in place at least the following measures:
(a) risk analysis and an information security policy;
(b) incident handling;
(c) business continuity, with backup copies, recovery after a disaster and crisis management;
(d) cyber hygiene and training in cybersecurity;
(e) rules on cryptography and encryption;
(f) multi-factor authentication, secured voice and video calls, and secured emergency communication inside the operator.
(2) The costs are borne by the operator.
Article 5
Reporting of incidents
(1) An operator shall send the CSIRT an early warning of a significant incident without delay and within 24 hours of becoming aware of it, saying whether malicious acts are suspected and whether the incident may have an effect across the border.
(2) An operator shall send the CSIRT an incident notification without delay and within 72 hours, which updates the early warning and gives a first assessment of the severity and impact, with the indicators of compromise.
(3) At the request of the CSIRT the operator shall submit an intermediate report on the status of the incident.
(4) Not later than one month after the notification the operator shall submit a final report with a detailed description of the incident, its root cause, the mitigation measures applied and its effect across the border.
Article 6
Fines
(1) An essential entity shall be fined up to EUR 10 000 000 or 2 % of the worldwide annual turnover of its undertaking in the last year, whichever is higher.
(2) Fines go to the budget of Islandia.
Article 7
Harbours
(1) Ships dock on the left bank.
(2) The pilot boards before noon.
Article 8
Schools
(1) Lessons begin after the harvest.
(2) Teachers are paid monthly in silver.
Article 9
Markets
(1) Fish is sold in the morning.
(2) Scales are checked every spring by the guild.
Article 10
Entry into force
(1) This Act takes effect on the first day of autumn.
(2) The former decree falls away.
"""  # noqa: E501

SERBIAN = """ZAKON O SAJBER OTPORNOSTI OSTRVA
Član 1.
Svrha
(1) Ovaj zakon čuva mreže Ostrva i naroda na njemu.
(2) Njime se pravila Unije unose u pravo Ostrva.
Član 2.
Reči
(1) Lučki grad je grad koji ima luku.
(2) Operator je ključni subjekt ili važni subjekt.
Član 3.
Upravljanje
(1) Organ upravljanja operatora dužan je da odobri mere bezbednosti i da nadzire njihovo sprovođenje, a njegovi članovi odgovaraju za povrede.
(2) Članovi organa upravljanja dužni su da pohađaju obuku, a operator je dužan da redovno nudi sličnu obuku zaposlenima, kako bi stekli znanje za prepoznavanje rizika.
Član 4.
Mere bezbednosti
(1) Operatori su dužni da uvedu najmanje sledeće mere:
1) analizu rizika i politiku bezbednosti informacionih sistema;
2) postupanje sa incidentima;
3) kontinuitet poslovanja, sa rezervnim kopijama, oporavkom od havarije i upravljanjem krizama;
4) sajber higijenu i obuku o sajber bezbednosti;
5) pravila o kriptografiji i enkripciji;
6) višefaktorsku autentifikaciju, zaštićenu glasovnu i video komunikaciju i zaštićene sisteme za komunikaciju u vanrednim situacijama.
(2) Troškove snosi operator.
Član 5.
Obaveštavanje o incidentima
(1) Operator je dužan da CERT-u bez odlaganja, u roku od najviše 24 časa od saznanja za značajan incident, dostavi rano upozorenje, u kome navodi da li se sumnja na zlonamerno delovanje i da li incident može imati prekogranično dejstvo.
(2) Operator je dužan da CERT-u bez odlaganja, u roku od najviše 72 časa, dostavi obaveštenje o incidentu, kojim ažurira rano upozorenje i daje prvu procenu ozbiljnosti i uticaja, sa pokazateljima kompromitovanosti.
(3) Na zahtev CERT-a operator je dužan da dostavi privremeni izveštaj o stanju incidenta.
(4) Najkasnije mesec dana posle obaveštenja operator je dužan da dostavi završni izveštaj sa detaljnim opisom incidenta, njegovim osnovnim uzrokom, primenjenim merama ublažavanja i prekograničnim dejstvom.
Član 6.
Kazne
(1) Za povredu pravila o merama bezbednosti ili o obaveštavanju ključni subjekt kazniće se novčanom kaznom do 10.000.000 evra ili 2 % ukupnog godišnjeg prometa njegovog društva u svetu u prethodnoj godini, u zavisnosti od toga koji je iznos viši.
(2) Kazne su prihod budžeta Ostrva.
Član 7.
Luke
(1) Brodovi pristaju uz levu obalu.
(2) Pilot se ukrcava pre podneva.
Član 8.
Škole
(1) Nastava počinje posle žetve.
(2) Učitelji se plaćaju mesečno u srebru.
Član 9.
Pijace
(1) Riba se prodaje ujutru.
(2) Vage proverava esnaf svakog proleća.
Član 10.
Stupanje na snagu
(1) Ovaj zakon važi od prvog dana jeseni.
(2) Ranija uredba prestaje da važi.
"""  # noqa: E501

LAWS = {"en": ENGLISH, "sr": SERBIAN}


@cache
def analysed(text: str, code: str) -> Result:
    """Analyse a text in a language that is said."""
    return run_documents([read(text.encode(), name="law.txt")], language=code)


@cache
def law(relative: str) -> Result:
    """Analyse a file of ../shared as it comes."""
    return run([SHARED / relative])


@cache
def latin_law(relative: str) -> Result:
    """Analyse a Cyrillic file of ../shared in Latin letters."""
    text = (SHARED / relative).read_text(encoding="utf-8")
    return run_documents([read(cyrtranslit.to_latin(text, "sr").encode(), name="latin.txt")])


def graded(code: str, *changes: tuple[str, str]) -> dict[str, Assessment]:
    """Requirement id → assessment of a mini law, some of its words replaced."""
    text = LAWS[code]
    for old, new in changes:
        if text.count(old) != 1:
            raise AssertionError(f"{old!r} stands {text.count(old)} times in the law")
        text = text.replace(old, new)
    return {one.requirement: one for one in analysed(text, code).assessments}
