//! German.

use super::Reply;

pub(super) const IDEAS: [&str; 3] = [
    "ein Igel, der sich vor der Dunkelheit fürchtet",
    "eine Regennacht in einer Stadt aus Neon",
    "ein alter Uhrmacher, der den Mond repariert",
];

pub(super) fn say(reply: &Reply) -> String {
    match reply {
        Reply::Understood => "Das habe ich verstanden. Ändern Sie, was Sie möchten, oder starten Sie.".to_owned(),
        Reply::Changed => "Geändert. Hier ist der neue Plan.".to_owned(),
        Reply::WhatAbout => "Wovon soll der Film handeln?".to_owned(),
        Reply::SurpriseMe => "Überrasch mich".to_owned(),
        Reply::FilmReady { title, seconds } => format!("„{title}“ ist fertig: {seconds} Sekunden."),
        Reply::RunFailed => "Der Film konnte nicht fertig werden. Was gemacht ist, bleibt; Sie können es noch einmal versuchen.".to_owned(),
        Reply::Hello => "Hallo! Sagen Sie mir, wovon Ihr Film handeln soll, und ich zeige Ihnen einen Plan.".to_owned(),
        Reply::Guide => "Ich mache aus einer Idee einen illustrierten, erzählten und vertonten Film auf diesem Rechner: ohne Schlüssel, ohne Netz, ohne Preis. Sagen Sie, wovon er handelt, und wenn Sie möchten Länge, Stil, Stimmung und Format. Ich zeige, was ich verstanden habe, und einen Plan; dann drücken Sie Start.".to_owned(),
        Reply::CannotChangeYet => "Diese Änderung kann ich mit Worten noch nicht machen. Ändern kann ich Thema, Länge, Stil, Stimmung, Format, Sprache, Stimme und Untertitel.".to_owned(),
        Reply::NothingYet => "Noch gibt es nichts zu ändern. Sagen Sie mir, wovon Ihr Film handeln soll.".to_owned(),
        Reply::HowToSave => "Drücken Sie Export oder „Save film as…“ unter dem Film: die Untertitel liegen dann daneben. Aus dem Gespräch heraus kann ich es noch nicht.".to_owned(),
        Reply::Facts { title, seconds, scenes, shots } => format!("„{title}“: {seconds} Sekunden, {scenes} Szenen, {shots} Einstellungen."),
        Reply::OnlyPlan => "Es gibt einen Plan, aber noch keinen Film. Drücken Sie Start, um ihn zu machen.".to_owned(),
        Reply::AlreadyMaking => "Der Film wird gerade gemacht. Anhalten können Sie ihn auf der Fortschrittskarte.".to_owned(),
        Reply::NoFfmpeg => "Auf diesem Rechner fehlt ffmpeg, und ohne es kann kein Film entstehen. Installieren Sie es (unter Debian: sudo apt install ffmpeg) und starten Sie noch einmal; Ihr Auftrag bleibt erhalten.".to_owned(),
    }
}
