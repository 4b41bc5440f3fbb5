//! French.

use super::Reply;

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
        Reply::SurpriseMe => "Surprends-moi".to_owned(),
        Reply::FilmReady { title, seconds } => format!("« {title} » est prêt : {seconds} secondes."),
        Reply::RunFailed => "Le film n’a pas pu être terminé. Ce qui est fait est gardé ; vous pouvez réessayer.".to_owned(),
        Reply::Hello => "Bonjour ! Dites-moi de quoi parle votre film et je vous montre un plan.".to_owned(),
        Reply::Guide => "Je transforme une idée en film illustré, raconté et mis en musique sur cette machine : sans clé, sans réseau, sans prix. Dites de quoi il parle et, si vous voulez, la durée, le style, l’ambiance et le format. Je montre ce que j’ai compris et un plan ; cliquez sur Start.".to_owned(),
        Reply::CannotChangeYet => "Je ne sais pas encore faire ce changement avec des mots. Je peux changer le sujet, la durée, le style, l’ambiance, le format, la langue, la voix et les sous-titres.".to_owned(),
        Reply::NothingYet => "Il n’y a encore rien à changer. Dites-moi de quoi parle votre film.".to_owned(),
        Reply::HowToSave => "Cliquez sur Export ou « Save film as… » sous le film : les sous-titres sont enregistrés à côté. Je ne peux pas encore le faire depuis la discussion.".to_owned(),
        Reply::Facts { title, seconds, scenes, shots } => format!("« {title} » : {seconds} secondes, {scenes} scènes, {shots} plans."),
        Reply::OnlyPlan => "Il y a un plan, mais pas encore de film. Cliquez sur Start pour le faire.".to_owned(),
        Reply::AlreadyMaking => "Le film est en train d’être fait. Vous pouvez l’arrêter sur la carte de progression.".to_owned(),
        Reply::NoFfmpeg => "ffmpeg manque sur cette machine, et sans lui aucun film ne peut être monté. Installez-le (sous Debian : sudo apt install ffmpeg) puis relancez ; votre demande est gardée.".to_owned(),
    }
}
