//! French.

use story::Language;

use super::{Reply, Thing, cap, in_all, listed, money, numbered, price, thing, together};

pub(super) const IDEAS: [&str; 3] = [
    "un hérisson qui a peur du noir",
    "une nuit de pluie dans une ville de néons",
    "un vieil horloger qui répare la lune",
];

pub(super) fn say(reply: &Reply) -> String {
    match reply {
        Reply::Understood => "Voici ce que j’ai compris. Changez ce que vous voulez, ou lancez.".to_owned(),
        Reply::Changed => "C’est changé. Voici le nouveau plan.".to_owned(),
        Reply::WhatAbout => "De quoi le film doit-il parler ?".to_owned(),
        Reply::ShallItBeAFilm => "Je fais des films plutôt que des réponses : en faire un de ceci ? Dites « oui ».".to_owned(),
        Reply::MakeAFilm { what } => format!("Fais un film : {what}"),
        Reply::SurpriseMe => "Surprends-moi".to_owned(),
        Reply::FilmReady { title, seconds } => format!("« {title} » est prêt : {seconds} secondes."),
        Reply::RunFailed => "Le film n’a pas pu être terminé. Ce qui est fait est gardé ; vous pouvez réessayer.".to_owned(),
        Reply::CannotChangeYet => "Je ne sais pas encore faire ce changement avec des mots. Je peux changer le sujet, la durée, le style, l’ambiance, le format, la langue, la voix et les sous-titres.".to_owned(),
        Reply::NothingYet => "Il n’y a encore rien à changer. Dites-moi de quoi parle votre film.".to_owned(),
        Reply::HowToSave => "Dites ce que vous voulez : « exporte le scénario en PDF », « donne-moi les sous-titres », « le film en 1080p sans sous-titres », « exporte le projet ». Ou ouvrez le menu Export, en haut.".to_owned(),
        Reply::SaveIt { file, refused } => together(&[
            format!("Le voici en {file}. Choisissez où l’enregistrer."),
            refused.as_ref().map(|not| format!("Je ne sais pas encore écrire de {not}.")).unwrap_or_default(),
        ]),
        Reply::Facts { title, seconds, scenes, shots } => format!("« {title} » : {seconds} secondes, {scenes} scènes, {shots} plans."),
        Reply::OnlyPlan => "Il y a un plan, mais pas encore de film. Cliquez sur Start pour le faire.".to_owned(),
        Reply::AlreadyMaking => "Le film est en train d’être fait. Vous pouvez l’arrêter sur la carte de progression.".to_owned(),
        Reply::NoFfmpeg => "ffmpeg manque sur cette machine, et sans lui aucun film ne peut être monté. Installez-le (sous Debian : sudo apt install ffmpeg) puis relancez ; votre demande est gardée.".to_owned(),
        Reply::AnIdea => "Vous n'avez pas dit de quoi il parle : voici une idée. Changez-la, ou lancez.".to_owned(),
        Reply::Words(text) => text.clone(),
        Reply::FirstBrief => "Le premier brief".to_owned(),
        Reply::Undone { what } => format!("Annulé : {what}. Dites « rétablir » pour le retrouver."),
        Reply::Redone { what } => format!("Rétabli : {what}."),
        Reply::WentTo { number, what } => format!("Retour à l'étape {number} : {what}. Rien de ce qui suit n'est perdu."),
        Reply::NothingToUndo => "Il n'y a rien à annuler.".to_owned(),
        Reply::NothingToRedo => "Il n'y a rien à rétablir.".to_owned(),
        Reply::Proposed { what, items, price: cost, seconds, locked, conflicts } => together(&[
            if what.is_empty() { String::new() } else { format!("{what}.") },
            if what.is_empty() { String::new() } else {
                let cost = price(*cost);
                let cost = if cost.is_empty() { "sans frais".to_owned() } else { format!("pour {cost}") };
                format!("Cela refait {items} éléments en {seconds} s environ, {cost}.")
            },
            if *locked > 0 { format!("{locked} sont verrouillés par vous et restent tels quels si vous ne les libérez pas.") } else { String::new() },
            conflicts.join(" "),
            if what.is_empty() { String::new() } else { "Dites « ok » pour l'appliquer, « non » pour l'abandonner, ou « oui, mais … ».".to_owned() },
        ]),
        Reply::MadeAtOnce { what, items: 0, .. } => format!("{what}. Rien n'est à refaire. Dites « annuler » pour revenir en arrière."),
        Reply::MadeAtOnce { what, items: 1, seconds } => format!("{what}. Un seul élément est refait en {seconds} s environ, sans frais. Dites « annuler » pour revenir en arrière."),
        Reply::MadeAtOnce { what, items, seconds } => format!("{what}. {items} éléments sont refaits en {seconds} s environ, sans frais. Dites « annuler » pour revenir en arrière."),
        Reply::Dropped => "Abandonné. Rien n'a changé.".to_owned(),
        Reply::FindsNothing { what } => format!("« {what} » ne trouve rien à changer dans le film tel qu'il est."),
        Reply::FilmMisses { missing, hint } => together(&[
            if missing.is_empty() { "Quelque chose n'a pas pu être fait.".to_owned() } else { format!("Le film a été monté sans : {}.", listed(missing, Language::Fr)) },
            hint.clone(),
            "Ce qui est fait est gardé. Réessayez pour ne faire que ce qui manque.".to_owned(),
        ]),
        Reply::WaitsForReview { stop } => format!("Prêt à être regardé : {stop}. Approuvez pour continuer."),
        Reply::WaitsForMoney { over } => format!("Le prochain appel peut coûter {} et dépasserait le plafond de {} pour {} : {} sont dépensés ou réservés. Relevez le plafond pour continuer, ou montez avec ce qu'il y a.", money(over.wanted), money(over.limit), cap(over.cap, ["cette exécution", "ce projet", "aujourd'hui"]), money(over.spent)),
        Reply::WaitsForUnknown { may_cost } => together(&[
            "Un appel a été coupé, et personne ne sait s'il a été exécuté.".to_owned(),
            may_cost.map_or_else(|| "Son prix n'est pas connu.".to_owned(), |m| format!("Il a pu coûter {}.", money(m))),
            "Il n'est renvoyé que si vous le dites ; il peut alors coûter deux fois.".to_owned(),
        ]),
        Reply::NextEpisode { number, of } => format!("C'était un épisode sur {of}. Dites « commence l'épisode {number} » pour faire le suivant."),
        Reply::Series { theme, episodes, cast } => format!("Une série sur {theme} :\n{}\n{}\nChaque épisode est un film à part, avec les mêmes personnages. Start fait l'épisode 1, « commence l'épisode 2 » le suivant.", numbered(episodes), in_all(cast, |names| format!("Dans tous : {names}."), "Le narrateur les raconte tous.")),
        Reply::TakeApproved { thing: of } => format!("{} approuvé", thing(of, Language::Fr)),
        Reply::TakeChosen { thing: of } => format!("{} : autre prise choisie", thing(of, Language::Fr)),
        Reply::TakeReleased { thing: of } => format!("{} libéré", thing(of, Language::Fr)),
        Reply::NoSuch { thing: of @ Thing::Episode(_), count } => format!("{} n'existe pas : la série en a {count}.", thing(of, Language::Fr)),
        Reply::NoSuch { thing: of, count } => format!("{} n'existe pas : le film en a {count}.", thing(of, Language::Fr)),
        Reply::NotWritten => "Le scénario n'est pas encore écrit : il n'y a ni scènes ni plans à changer. On peut déjà changer sujet, durée, style, ambiance, format, langue, voix et sous-titres.".to_owned(),
        Reply::CannotYet { what } => format!("Cela, je ne peux pas encore le changer : {what}. Je peux changer style, durée, ambiance, format, langue, sous-titres, voix et musique ; lumière, heure et météo des scènes ; répliques, personnages, scènes et plans."),
        Reply::WhoIsMeant => "De qui parlez-vous ?".to_owned(),
        Reply::TakenFor { name } => format!("Je suppose que vous parlez de {name}. Sinon, dites « non, je voulais dire … »."),
        Reply::ModelSilent { why } => format!("(C’est le guide intégré : le modèle de langue n’a pas répondu, {why}.)"),
        Reply::ShortAlready { thing: of, text } => format!("{} est trop courte pour être raccourcie d'elle-même : « {text} » Dites ce qu'elle doit devenir.", thing(of, Language::Fr)),
        Reply::SeriesOf { theme, count } => format!("Une série de {count} épisodes : {theme}"),
        Reply::Stopping => "Arrêt en cours. Ce qui est fait est gardé.".to_owned(),
        Reply::Holding => "En pause : rien de nouveau ne commence. Dites « continue » pour reprendre.".to_owned(),
        Reply::GoingOn => "On continue.".to_owned(),
        Reply::NothingRuns => "Rien n'est en cours.".to_owned(),
        Reply::Price { plan, spent } => together(&[
            match plan.map(price) {
                Some(cost) if !cost.is_empty() => format!("Ce film coûtera {cost} ; le plan le montre avant tout envoi."),
                _ => "Fait sur cet ordinateur, un film ne coûte rien.".to_owned(),
            },
            format!("Dépensé jusqu'ici dans ce projet : {}.", money(*spent)),
        ]),
        Reply::Files { home } => format!("Tout est sur votre propre disque, dans {home}. Pour sortir un film, cliquez sur Export."),
    }
}
