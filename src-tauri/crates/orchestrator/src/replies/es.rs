//! Spanish.

use super::Reply;

pub(super) const IDEAS: [&str; 3] = [
    "un erizo que tiene miedo a la oscuridad",
    "una noche de lluvia en una ciudad de neón",
    "un viejo relojero que repara la luna",
];

pub(super) fn say(reply: &Reply) -> String {
    match reply {
        Reply::Understood => "Esto es lo que entendí. Cambia lo que quieras o empieza.".to_owned(),
        Reply::Changed => "Cambiado. Este es el nuevo plan.".to_owned(),
        Reply::WhatAbout => "¿De qué trata la película?".to_owned(),
        Reply::SurpriseMe => "Sorpréndeme".to_owned(),
        Reply::FilmReady { title, seconds } => format!("«{title}» está lista: {seconds} segundos."),
        Reply::RunFailed => "No se pudo terminar la película. Lo hecho se conserva; puedes intentarlo de nuevo.".to_owned(),
        Reply::Hello => "¡Hola! Dime de qué trata tu película y te enseño un plan.".to_owned(),
        Reply::Guide => "Convierto una idea en una película ilustrada, narrada y con música en este equipo: sin clave, sin red y sin coste. Di de qué trata y, si quieres, la duración, el estilo, el tono y el formato. Te enseño lo que entendí y un plan; pulsa Start.".to_owned(),
        Reply::CannotChangeYet => "Todavía no puedo hacer ese cambio con palabras. Puedo cambiar el tema, la duración, el estilo, el tono, el formato, el idioma, la voz y los subtítulos.".to_owned(),
        Reply::NothingYet => "Todavía no hay nada que cambiar. Dime de qué trata tu película.".to_owned(),
        Reply::HowToSave => "Pulsa Export o «Save film as…» bajo la película: los subtítulos se guardan al lado. Desde el chat todavía no puedo hacerlo.".to_owned(),
        Reply::Facts { title, seconds, scenes, shots } => format!("«{title}»: {seconds} segundos, {scenes} escenas, {shots} planos."),
        Reply::OnlyPlan => "Hay un plan, pero aún no hay película. Pulsa Start para hacerla.".to_owned(),
        Reply::AlreadyMaking => "La película se está haciendo ahora mismo. Puedes detenerla en la tarjeta de progreso.".to_owned(),
        Reply::NoFfmpeg => "Falta ffmpeg en este equipo y sin él no se puede montar ninguna película. Instálalo (en Debian: sudo apt install ffmpeg) y empieza de nuevo; tu encargo se conserva.".to_owned(),
    }
}
