//! German.

use story::Language;

use super::{Reply, Thing, cap, in_all, listed, money, numbered, price, thing, together};

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
        Reply::ShallItBeAFilm => "Ich mache Filme, keine Antworten: Soll daraus einer werden? Sagen Sie „ja“.".to_owned(),
        Reply::MakeAFilm { what } => format!("Mach einen Film: {what}"),
        Reply::SurpriseMe => "Überrasch mich".to_owned(),
        Reply::FilmReady { title, seconds } => format!("„{title}“ ist fertig: {seconds} Sekunden."),
        Reply::RunFailed => "Der Film konnte nicht fertig werden. Was gemacht ist, bleibt; Sie können es noch einmal versuchen.".to_owned(),
        Reply::CannotChangeYet => "Diese Änderung kann ich mit Worten noch nicht machen. Ändern kann ich Thema, Länge, Stil, Stimmung, Format, Sprache, Stimme und Untertitel.".to_owned(),
        Reply::NothingYet => "Noch gibt es nichts zu ändern. Sagen Sie mir, wovon Ihr Film handeln soll.".to_owned(),
        Reply::HowToSave => "Sagen Sie, was Sie möchten: „exportiere das Drehbuch als PDF“, „gib mir die Untertitel“, „den Film in 1080p ohne Untertitel“, „exportiere das Projekt“. Oder öffnen Sie oben das Menü Export.".to_owned(),
        Reply::SaveIt { file, refused } => together(&[
            format!("Hier ist es als {file}. Wählen Sie, wohin es gespeichert wird."),
            refused.as_ref().map(|not| format!("{not} kann ich noch nicht schreiben.")).unwrap_or_default(),
        ]),
        Reply::Facts { title, seconds, scenes, shots } => format!("„{title}“: {seconds} Sekunden, {scenes} Szenen, {shots} Einstellungen."),
        Reply::OnlyPlan => "Es gibt einen Plan, aber noch keinen Film. Drücken Sie Start, um ihn zu machen.".to_owned(),
        Reply::AlreadyMaking => "Der Film wird gerade gemacht. Anhalten können Sie ihn auf der Fortschrittskarte.".to_owned(),
        Reply::NoFfmpeg => "Auf diesem Rechner fehlt ffmpeg, und ohne es kann kein Film entstehen. Installieren Sie es (unter Debian: sudo apt install ffmpeg) und starten Sie noch einmal; Ihr Auftrag bleibt erhalten.".to_owned(),
        Reply::AnIdea => "Sie haben nicht gesagt, wovon er handelt; hier ist eine Idee. Ändern Sie sie, oder starten Sie.".to_owned(),
        Reply::Words(text) => text.clone(),
        Reply::FirstBrief => "Der erste Auftrag".to_owned(),
        Reply::Undone { what } => format!("Zurückgenommen: {what}. Mit „wiederholen“ ist es wieder da."),
        Reply::Redone { what } => format!("Wieder gemacht: {what}."),
        Reply::WentTo { number, what } => format!("Zurück bei Schritt {number}: {what}. Nichts danach ist verloren."),
        Reply::NothingToUndo => "Es gibt nichts zurückzunehmen.".to_owned(),
        Reply::NothingToRedo => "Es gibt nichts zu wiederholen.".to_owned(),
        Reply::Proposed { what, items, price: cost, seconds, locked, conflicts } => together(&[
            if what.is_empty() { String::new() } else { format!("{what}.") },
            if what.is_empty() { String::new() } else {
                let cost = price(*cost);
                let cost = if cost.is_empty() { "ohne Kosten".to_owned() } else { format!("für {cost}") };
                format!("Neu gemacht: {items}, in etwa {seconds} s, {cost}.")
            },
            if *locked > 0 { format!("Von Ihnen gesperrt: {locked}; das bleibt, solange Sie es nicht freigeben.") } else { String::new() },
            conflicts.join(" "),
            if what.is_empty() { String::new() } else { "„Ok“ übernimmt es, „nein“ verwirft es, oder „ja, aber …“.".to_owned() },
        ]),
        Reply::MadeAtOnce { what, items: 0, .. } => format!("{what}. Dafür muss nichts neu gemacht werden. „Rückgängig“ nimmt es zurück."),
        Reply::MadeAtOnce { what, items, seconds } => format!("{what}. Neu gemacht: {items}, in etwa {seconds} s, ohne Kosten. „Rückgängig“ nimmt es zurück."),
        Reply::Dropped => "Verworfen. Nichts wurde geändert.".to_owned(),
        Reply::FindsNothing { what } => format!("„{what}“ findet im Film, wie er jetzt ist, nichts zu ändern."),
        Reply::FilmMisses { missing, hint } => together(&[
            if missing.is_empty() { "Etwas konnte nicht gemacht werden.".to_owned() } else { format!("Der Film ist geschnitten ohne: {}.", listed(missing, Language::De)) },
            hint.clone(),
            "Was gemacht ist, bleibt. „Noch einmal versuchen“ macht nur, was fehlt.".to_owned(),
        ]),
        Reply::WaitsForReview { stop } => format!("Zur Ansicht bereit: {stop}. Geben Sie es frei, damit es weitergeht."),
        Reply::WaitsForMoney { over } => format!("Der nächste Aufruf kann {} kosten und überschritte die Grenze von {} für {}: {} sind ausgegeben oder reserviert. Erhöhen Sie die Grenze, oder schneiden Sie mit dem, was da ist.", money(over.wanted), money(over.limit), cap(over.cap, ["diesen Lauf", "dieses Projekt", "heute"]), money(over.spent)),
        Reply::WaitsForUnknown { may_cost } => together(&[
            "Ein Aufruf wurde unterbrochen; niemand weiß, ob er ausgeführt wurde.".to_owned(),
            may_cost.map_or_else(|| "Was er gekostet hat, ist nicht bekannt.".to_owned(), |m| format!("Er kann {} gekostet haben.", money(m))),
            "Er wird nur noch einmal gesendet, wenn Sie es sagen; dann kann er zweimal kosten.".to_owned(),
        ]),
        Reply::NextEpisode { number, of } => format!("Das war eine von {of}. „Starte Folge {number}“ macht die nächste."),
        Reply::Series { theme, episodes, cast } => format!("Eine Serie über {theme}:\n{}\n{}\nJede Folge ist ein eigener Film mit derselben Besetzung. Start macht Folge 1, „starte Folge 2“ die nächste.", numbered(episodes), in_all(cast, |names| format!("In allen dabei: {names}."), "Der Erzähler erzählt sie alle.")),
        Reply::TakeApproved { thing: of } => format!("{} freigegeben", thing(of, Language::De)),
        Reply::TakeChosen { thing: of } => format!("{}: andere Fassung gewählt", thing(of, Language::De)),
        Reply::TakeReleased { thing: of } => format!("{} nicht mehr gesperrt", thing(of, Language::De)),
        Reply::NoSuch { thing: of @ Thing::Episode(_), count } => format!("{} gibt es nicht: Die Serie hat {count}.", thing(of, Language::De)),
        Reply::NoSuch { thing: of, count } => format!("{} gibt es nicht: der Film hat {count}.", thing(of, Language::De)),
        Reply::NotWritten => "Das Drehbuch ist noch nicht geschrieben, es gibt also noch keine Szenen und Einstellungen. Jetzt ändern kann ich Thema, Länge, Stil, Stimmung, Format, Sprache, Stimme und Untertitel.".to_owned(),
        Reply::CannotYet { what } => format!("Das kann ich noch nicht ändern: {what}. Was geht: Stil, Länge, Stimmung, Format, Sprache, Untertitel, Stimme, Musik; Licht, Tageszeit und Wetter; Zeilen, Figuren, Szenen und Einstellungen."),
        Reply::WhoIsMeant => "Wen meinen Sie?".to_owned(),
        Reply::TakenFor { name } => format!("Ich nehme an, Sie meinen {name}. Wenn nicht, sagen Sie „nein, ich meinte …“."),
        Reply::ModelSilent { why } => format!("(Das ist der eingebaute Ratgeber: Das Sprachmodell hat nicht geantwortet, {why}.)"),
        Reply::ShortAlready { thing: of, text } => format!("{} ist zu kurz, um von selbst gekürzt zu werden: „{text}“ Sagen Sie, wie sie lauten soll.", thing(of, Language::De)),
        Reply::SeriesOf { theme, count } => format!("Eine Serie in {count} Folgen: {theme}"),
        Reply::Stopping => "Wird angehalten. Was gemacht ist, bleibt.".to_owned(),
        Reply::Holding => "Pause: nichts Neues beginnt. „Weiter“ setzt fort.".to_owned(),
        Reply::GoingOn => "Es geht weiter.".to_owned(),
        Reply::NothingRuns => "Gerade wird nichts gemacht.".to_owned(),
        Reply::Price { plan, spent } => together(&[
            match plan.map(price) {
                Some(cost) if !cost.is_empty() => format!("Dieser Film kostet {cost}; das steht im Plan, bevor etwas gesendet wird."),
                _ => "Auf diesem Rechner gemacht kostet ein Film nichts.".to_owned(),
            },
            format!("In diesem Projekt bisher ausgegeben: {}.", money(*spent)),
        ]),
        Reply::Files { home } => format!("Alles liegt auf Ihrer eigenen Platte, in {home}. Mit Export kommt ein Film heraus."),
    }
}
