//! Spanish.

use story::Language;

use super::{Reply, Thing, cap, in_all, listed, money, numbered, price, thing, together};

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
        Reply::ShallItBeAFilm => "Hago películas, no respuestas: ¿hago una sobre esto? Diga «sí».".to_owned(),
        Reply::MakeAFilm { what } => format!("Haz una película: {what}"),
        Reply::SurpriseMe => "Sorpréndeme".to_owned(),
        Reply::FilmReady { title, seconds } => format!("«{title}» está lista: {seconds} segundos."),
        Reply::RunFailed => "No se pudo terminar la película. Lo hecho se conserva; puedes intentarlo de nuevo.".to_owned(),
        Reply::CannotChangeYet => "Todavía no puedo hacer ese cambio con palabras. Puedo cambiar el tema, la duración, el estilo, el tono, el formato, el idioma, la voz y los subtítulos.".to_owned(),
        Reply::NothingYet => "Todavía no hay nada que cambiar. Dime de qué trata tu película.".to_owned(),
        Reply::HowToSave => "Di lo que quieres: «exporta el guion en PDF», «dame los subtítulos», «la película en 1080p sin subtítulos», «exporta el proyecto». O abre el menú Export, arriba.".to_owned(),
        Reply::SaveIt { file, refused } => together(&[
            format!("Aquí está en {file}. Elige dónde guardarlo."),
            refused.as_ref().map(|not| format!("Todavía no puedo escribir {not}.")).unwrap_or_default(),
        ]),
        Reply::Facts { title, seconds, scenes, shots } => format!("«{title}»: {seconds} segundos, {scenes} escenas, {shots} planos."),
        Reply::OnlyPlan => "Hay un plan, pero aún no hay película. Pulsa Start para hacerla.".to_owned(),
        Reply::AlreadyMaking => "La película se está haciendo ahora mismo. Puedes detenerla en la tarjeta de progreso.".to_owned(),
        Reply::NoFfmpeg => "Falta ffmpeg en este equipo y sin él no se puede montar ninguna película. Instálalo (en Debian: sudo apt install ffmpeg) y empieza de nuevo; tu encargo se conserva.".to_owned(),
        Reply::AnIdea => "No dijiste de qué trata, así que aquí va una idea. Cámbiala o empieza.".to_owned(),
        Reply::Words(text) => text.clone(),
        Reply::FirstBrief => "El primer encargo".to_owned(),
        Reply::Undone { what } => format!("Deshecho: {what}. Di «rehacer» para recuperarlo."),
        Reply::Redone { what } => format!("Rehecho: {what}."),
        Reply::WentTo { number, what } => format!("De vuelta en el paso {number}: {what}. No se pierde nada de lo posterior."),
        Reply::NothingToUndo => "No hay nada que deshacer.".to_owned(),
        Reply::NothingToRedo => "No hay nada que rehacer.".to_owned(),
        Reply::Proposed { what, items, price: cost, seconds, locked, conflicts } => together(&[
            if what.is_empty() { String::new() } else { format!("{what}.") },
            if what.is_empty() { String::new() } else {
                let cost = price(*cost);
                let cost = if cost.is_empty() { "sin coste".to_owned() } else { format!("por {cost}") };
                format!("Se rehacen {items} cosas en unos {seconds} s, {cost}.")
            },
            if *locked > 0 { format!("{locked} están bloqueadas por ti y se quedan como están si no las liberas.") } else { String::new() },
            conflicts.join(" "),
            if what.is_empty() { String::new() } else { "Di «ok» para aplicarlo, «no» para descartarlo, o «sí, pero …».".to_owned() },
        ]),
        Reply::MadeAtOnce { what, items: 0, .. } => format!("{what}. No hay que rehacer nada. Di «deshacer» para volver atrás."),
        Reply::MadeAtOnce { what, items: 1, seconds } => format!("{what}. Se rehace una sola cosa en unos {seconds} s, sin coste. Di «deshacer» para volver atrás."),
        Reply::MadeAtOnce { what, items, seconds } => format!("{what}. Se rehacen {items} cosas en unos {seconds} s, sin coste. Di «deshacer» para volver atrás."),
        Reply::Dropped => "Descartado. No se ha cambiado nada.".to_owned(),
        Reply::FindsNothing { what } => format!("«{what}» no encuentra nada que cambiar en la película tal como está."),
        Reply::FilmMisses { missing, hint } => together(&[
            if missing.is_empty() { "Algo no se pudo hacer.".to_owned() } else { format!("La película se montó sin: {}.", listed(missing, Language::Es)) },
            hint.clone(),
            "Lo hecho se conserva. Reintenta para hacer solo lo que falta.".to_owned(),
        ]),
        Reply::WaitsForReview { stop } => format!("Listo para que lo veas: {stop}. Apruébalo para seguir."),
        Reply::WaitsForMoney { over } => format!("La próxima llamada puede costar {} y pasaría el límite de {} para {}: hay {} gastados o reservados. Sube el límite para seguir, o monta con lo que hay.", money(over.wanted), money(over.limit), cap(over.cap, ["esta ejecución", "este proyecto", "hoy"]), money(over.spent)),
        Reply::WaitsForUnknown { may_cost } => together(&[
            "Una llamada se cortó y nadie sabe si se hizo.".to_owned(),
            may_cost.map_or_else(|| "No se sabe lo que costó.".to_owned(), |m| format!("Puede haber costado {}.", money(m))),
            "Solo se envía otra vez si tú lo dices; entonces puede costar dos veces.".to_owned(),
        ]),
        Reply::NextEpisode { number, of } => format!("Ese era uno de {of}. Di «empieza el episodio {number}» para hacer el siguiente."),
        Reply::Series { theme, episodes, cast } => format!("Una serie sobre {theme}:\n{}\n{}\nCada episodio es una película propia con el mismo reparto. Start hace el episodio 1, y «empieza el episodio 2» el siguiente.", numbered(episodes), in_all(cast, |names| format!("En todos: {names}."), "El narrador los cuenta todos.")),
        Reply::TakeApproved { thing: of } => format!("{} aprobado", thing(of, Language::Es)),
        Reply::TakeChosen { thing: of } => format!("{}: otra toma elegida", thing(of, Language::Es)),
        Reply::TakeReleased { thing: of } => format!("{} liberado", thing(of, Language::Es)),
        Reply::NoSuch { thing: of @ Thing::Episode(_), count } => format!("{} no existe: la serie tiene {count}.", thing(of, Language::Es)),
        Reply::NoSuch { thing: of, count } => format!("{} no existe: la película tiene {count}.", thing(of, Language::Es)),
        Reply::NotWritten => "El guion aún no está escrito, así que no hay escenas ni planos que cambiar. Ahora se puede cambiar el tema, la duración, el estilo, el tono, el formato, el idioma, la voz y los subtítulos.".to_owned(),
        Reply::CannotYet { what } => format!("Eso todavía no puedo cambiarlo: {what}. Puedo cambiar estilo, duración, tono, formato, idioma, subtítulos, voz y música; luz, hora y tiempo de las escenas; líneas, personajes, escenas y planos."),
        Reply::WhoIsMeant => "¿A quién te refieres?".to_owned(),
        Reply::TakenFor { name } => format!("Supongo que te refieres a {name}. Si no, di «no, me refería a…»."),
        Reply::ModelSilent { why } => format!("(Esta es la guía integrada: el modelo de lenguaje no respondió, {why}.)"),
        Reply::ShortAlready { thing: of, text } => format!("{} es demasiado corta para acortarla sola: «{text}» Di cómo debe quedar.", thing(of, Language::Es)),
        Reply::SeriesOf { theme, count } => format!("Una serie de {count} episodios: {theme}"),
        Reply::Stopping => "Deteniendo. Lo hecho se conserva.".to_owned(),
        Reply::Holding => "En pausa: no empieza nada nuevo. Di «continúa» para seguir.".to_owned(),
        Reply::GoingOn => "Seguimos.".to_owned(),
        Reply::NothingRuns => "Ahora mismo no se está haciendo nada.".to_owned(),
        Reply::Price { plan, spent } => together(&[
            match plan.map(price) {
                Some(cost) if !cost.is_empty() => format!("Esta película costará {cost}; lo ves en el plan antes de enviar nada."),
                _ => "Hecha en este equipo, una película no cuesta nada.".to_owned(),
            },
            format!("Gastado hasta ahora en este proyecto: {}.", money(*spent)),
        ]),
        Reply::Files { home } => format!("Todo está en tu propio disco, en {home}. Para sacar una película, pulsa Export."),
    }
}
