//! Things of a film and what is done to them, in few words: "Shot 3 removed", "Scene 2: fog".

use story::{Language, TimeOfDay, Weather};

/// A thing that a change is about. Numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Thing {
    Scene(u32),
    AllScenes,
    Shot(u32),
    Frame(u32),
    Piece(u32),
    Line(u32),
    Storyboard(u32),
    Episode(u32),
    Portrait(String),
    Named(String),
    Film,
    Script,
    Music,
    Sound,
    Style,
    Mood,
    Length,
    Shape,
    Language,
    Captions,
    Voice,
    Subject,
    Cast,
    Wishes,
    Title,
    Ending,
    Look,
    Review,
}

/// What is done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Done {
    Removed,
    Added,
    Moved,
    Rewritten,
    Again,
    Other,
    Chosen,
    On,
    Off,
    LineAdded,
    ShotAfter,
    ShotFirst,
    Is(String),
    With(String),
    Without(String),
    Time(TimeOfDay),
    Weather(Weather),
}

/// One word in the six languages: English, Chinese, Spanish, French, German, Japanese.
type Word = [&'static str; 6];

fn of(word: Word, language: Language) -> &'static str {
    let at = match language {
        Language::En => 0,
        Language::Zh => 1,
        Language::Es => 2,
        Language::Fr => 3,
        Language::De => 4,
        Language::Ja => 5,
    };
    word[at]
}

/// A thing in words; the numbered ones take their number where `#` stands.
pub(crate) fn thing(thing: &Thing, language: Language) -> String {
    let (word, number): (Word, u32) = match thing {
        Thing::Scene(n) => (["Scene #", "场景 #", "Escena #", "Scène #", "Szene #", "シーン #"], *n),
        Thing::Shot(n) => (["Shot #", "镜头 #", "Plano #", "Plan #", "Einstellung #", "ショット #"], *n),
        Thing::Frame(n) => (
            [
                "Picture of shot #",
                "镜头 # 的画面",
                "Imagen del plano #",
                "Image du plan #",
                "Bild zu Einstellung #",
                "ショット # の絵",
            ],
            *n,
        ),
        Thing::Piece(n) => (
            [
                "Cut of shot #",
                "镜头 # 的剪辑",
                "Montaje del plano #",
                "Montage du plan #",
                "Schnitt von Einstellung #",
                "ショット # の編集",
            ],
            *n,
        ),
        Thing::Line(n) => (["Line #", "台词 #", "Línea #", "Réplique #", "Zeile #", "せりふ #"], *n),
        Thing::Storyboard(n) => (
            [
                "Storyboard of scene #",
                "场景 # 的分镜",
                "Guion gráfico de la escena #",
                "Story-board de la scène #",
                "Storyboard der Szene #",
                "シーン # の絵コンテ",
            ],
            *n,
        ),
        Thing::Episode(n) => (["Episode #", "第 # 集", "Episodio #", "Épisode #", "Folge #", "第 # 話"], *n),
        Thing::Portrait(name) => {
            let word = ["Portrait of", "肖像：", "Retrato de", "Portrait de", "Porträt von", "肖像："];
            return format!("{} {name}", of(word, language));
        }
        Thing::Named(name) => return name.clone(),
        Thing::AllScenes => {
            (["All scenes", "所有场景", "Todas las escenas", "Toutes les scènes", "Alle Szenen", "全シーン"], 0)
        }
        Thing::Film => (["The film", "影片", "La película", "Le film", "Der Film", "映画"], 0),
        Thing::Script => (["The script", "剧本", "El guion", "Le scénario", "Das Drehbuch", "脚本"], 0),
        Thing::Music => (["Music", "音乐", "Música", "Musique", "Musik", "音楽"], 0),
        Thing::Sound => (["Sound", "声音", "Sonido", "Son", "Ton", "音声"], 0),
        Thing::Style => (["Style", "风格", "Estilo", "Style", "Stil", "スタイル"], 0),
        Thing::Mood => (["Mood", "气氛", "Tono", "Ambiance", "Stimmung", "雰囲気"], 0),
        Thing::Length => (["Length", "时长", "Duración", "Durée", "Länge", "長さ"], 0),
        Thing::Shape => (["Shape", "画幅", "Formato", "Format", "Format", "画面比"], 0),
        Thing::Language => (["Language", "语言", "Idioma", "Langue", "Sprache", "言語"], 0),
        Thing::Captions => (["Captions", "字幕", "Subtítulos", "Sous-titres", "Untertitel", "字幕"], 0),
        Thing::Voice => (["Voice", "配音", "Voz", "Voix", "Stimme", "声"], 0),
        Thing::Subject => (["Subject", "主题", "Tema", "Sujet", "Thema", "題材"], 0),
        Thing::Cast => (["Cast", "角色", "Reparto", "Personnages", "Besetzung", "登場人物"], 0),
        Thing::Wishes => (["Wishes", "要求", "Deseos", "Souhaits", "Wünsche", "要望"], 0),
        Thing::Title => (["Title", "片名", "Título", "Titre", "Titel", "題名"], 0),
        Thing::Ending => (["End card", "片尾", "Cartel final", "Carton de fin", "Schlusstafel", "エンドカード"], 0),
        Thing::Look => (["Look", "画面", "Aspecto", "Image", "Bild", "画"], 0),
        Thing::Review => (
            [
                "Review of each stage",
                "逐步审看",
                "Revisión por etapas",
                "Relecture à chaque étape",
                "Prüfen nach jeder Stufe",
                "段階ごとの確認",
            ],
            0,
        ),
    };
    of(word, language).replace('#', &number.to_string())
}

/// What is done to a thing, in words.
pub(crate) fn done(about: &Thing, what: &Done, language: Language) -> String {
    let name = thing(about, language);
    let word: Word = match what {
        Done::Removed => ["removed", "删除", "fuera", "supprimé", "entfernt", "削除"],
        Done::Added => ["added", "新增", "añadido", "ajouté", "hinzugefügt", "追加"],
        Done::Moved => ["moved", "移动", "movido", "déplacé", "verschoben", "移動"],
        Done::Rewritten => ["rewritten", "改写", "reescrito", "réécrit", "neu geschrieben", "書き直し"],
        Done::Again => ["made again", "重做", "de nuevo", "refait", "noch einmal", "作り直し"],
        Done::Other => ["changed", "更改", "cambiado", "changé", "geändert", "変更"],
        Done::Chosen => ["chosen", "选定", "elegido", "choisi", "gewählt", "選択"],
        Done::On => ["on", "开", "sí", "oui", "an", "あり"],
        Done::Off => ["off", "关", "no", "non", "aus", "なし"],
        Done::LineAdded => [
            "with a new line",
            "新增台词",
            "con una línea nueva",
            "avec une réplique de plus",
            "mit einer neuen Zeile",
            "せりふを追加",
        ],
        Done::ShotAfter => [
            "followed by a new shot",
            "后加一个镜头",
            "seguido de un plano nuevo",
            "suivi d'un nouveau plan",
            "mit einer neuen Einstellung danach",
            "の後に新しいショット",
        ],
        Done::ShotFirst => [
            "begins with a new shot",
            "以新镜头开头",
            "empieza con un plano nuevo",
            "commence par un nouveau plan",
            "beginnt mit einer neuen Einstellung",
            "新しいショットで始まる",
        ],
        Done::Is(value) => return format!("{name}: {value}"),
        Done::With(prop) => return format!("{name}: + {prop}"),
        Done::Without(prop) => return format!("{name}: − {prop}"),
        Done::Time(time) => return format!("{name}: {}", time_word(*time, language)),
        Done::Weather(weather) => return format!("{name}: {}", weather_word(*weather, language)),
    };
    format!("{name} {}", of(word, language))
}

fn time_word(time: TimeOfDay, language: Language) -> &'static str {
    let word = match time {
        TimeOfDay::Dawn => ["dawn", "黎明", "amanecer", "aube", "Morgendämmerung", "夜明け"],
        TimeOfDay::Day => ["day", "白天", "día", "jour", "Tag", "昼"],
        TimeOfDay::Golden => ["golden light", "金色阳光", "luz dorada", "lumière dorée", "goldenes Licht", "黄金の光"],
        TimeOfDay::Dusk => ["dusk", "黄昏", "anochecer", "crépuscule", "Abenddämmerung", "夕暮れ"],
        TimeOfDay::Night => ["night", "夜晚", "noche", "nuit", "Nacht", "夜"],
    };
    of(word, language)
}

fn weather_word(weather: Weather, language: Language) -> &'static str {
    let word = match weather {
        Weather::Clear => ["clear", "晴朗", "despejado", "temps clair", "klar", "晴れ"],
        Weather::Cloudy => ["cloudy", "多云", "nublado", "nuageux", "bewölkt", "曇り"],
        Weather::Rain => ["rain", "下雨", "lluvia", "pluie", "Regen", "雨"],
        Weather::Storm => ["storm", "暴风雨", "tormenta", "orage", "Sturm", "嵐"],
        Weather::Snow => ["snow", "下雪", "nieve", "neige", "Schnee", "雪"],
        Weather::Fog => ["fog", "有雾", "niebla", "brouillard", "Nebel", "霧"],
    };
    of(word, language)
}
