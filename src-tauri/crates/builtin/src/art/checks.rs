//! What the words of a prompt must find, and must never find.

use crate::art::find::aliases;
use crate::art::{Exactness, Ground, PictureId, find, names_place, person};

/// The picture a noun finds; `-` for none.
fn check(noun: &str, picture: &str) {
    let found = find(noun);
    let got = found.as_ref().map_or("-", |f| f.picture.as_str());
    assert_eq!(got, picture, "{noun}");
}

#[test]
fn nouns_find_their_pictures() {
    for (noun, picture) in [
        ("fox", "fox"),
        ("Fox", "fox"),
        ("foxes", "fox"),
        ("the little fox", "fox"),
        ("lantern", "own:lantern"),
        ("old brass lantern", "own:lantern"),
        ("old brass lamp", "own:lantern"),
        ("white whale", "whale"),
        ("whales", "whale"),
        ("red balloon", "balloon"),
        ("coffee", "hot-beverage"),
        ("sword", "own:sword"),
        ("fairy", "woman-fairy-light"),
        ("raven", "blackbird"),
        ("crow", "blackbird"),
        ("hedgehog", "hedgehog"),
        ("llama", "llama"),
        ("lighthouse", "own:lighthouse"),
        ("treasure chest", "noto:treasure-chest"),
        ("map", "world-map"),
        ("letter", "envelope"),
        ("letters", "envelope"),
        ("book", "closed-book"),
        ("key", "old-key"),
        ("golden key", "old-key"),
        ("violin", "violin"),
        ("piano", "own:grand-piano"),
        ("boat", "sailboat"),
        ("ship", "ship"),
        ("submarine", "own:submarine"),
        ("rocket", "rocket"),
        ("spaceship", "rocket"),
        ("train", "locomotive"),
        ("bicycle", "bicycle"),
        ("car", "automobile"),
        ("house", "house"),
        ("cabin", "own:log-cabin"),
        ("barn", "own:barn"),
        ("windmill", "own:windmill"),
        ("castle", "castle"),
        ("tent", "tent"),
        ("tree", "deciduous-tree"),
        ("oak tree", "deciduous-tree"),
        ("pine", "evergreen-tree"),
        ("rose", "rose"),
        ("red rose", "rose"),
        ("mushrooms", "mushroom"),
        ("apple", "red-apple"),
        ("bread", "bread"),
        ("cup of tea", "teacup-without-handle"),
        ("glass of milk", "glass-of-milk"),
        ("candle", "candle"),
        ("campfire", "fire"),
        ("clock", "mantelpiece-clock"),
        ("hourglass", "hourglass-not-done"),
        ("telescope", "telescope"),
        ("compass", "compass"),
        ("camera", "camera"),
        ("crown", "crown"),
        ("ring", "ring"),
        ("umbrella", "umbrella"),
        ("suitcase", "luggage"),
        ("hammer", "hammer"),
        ("feather", "feather"),
        ("ghost", "ghost"),
        ("dragon", "dragon"),
        ("robot", "robot"),
        ("unicorn", "unicorn"),
        ("mermaid", "woman-merpeople-light"),
        ("snowman", "snowman-without-snow"),
        ("octopus", "octopus"),
        ("penguin", "penguin"),
        ("barn owl", "own:barn-owl"),
        ("sea turtle", "own:sea-turtle"),
        ("polar bear", "polar-bear"),
        ("teddy bear", "teddy-bear"),
        ("black cat", "black-cat"),
        ("dogs", "dog"),
        ("wolves", "wolf"),
        ("mice", "mouse"),
        ("ponies", "horse"),
        ("geese", "own:white-goose"),
        ("guitar", "own:acoustic-guitar"),
        ("drum", "drum"),
        ("soccer ball", "soccer-ball"),
        ("hot air balloon", "own:hot-air-balloon"),
        ("gear", "gear"),
        ("clockwork", "gear"),
        ("moon", "full-moon"),
        ("star", "star"),
        ("planet", "ringed-planet"),
        ("bottle", "own:bottle"),
        ("message in a bottle", "own:message-in-a-bottle"),
        ("seagull", "own:gull"),
        ("scarecrow", "own:scarecrow"),
        ("bike", "bicycle"),
        ("rusty old lantern", "own:lantern"),
        ("slice of pizza", "pizza"),
        ("ball of yarn", "yarn"),
        ("glass of wine", "wine-glass"),
    ] {
        check(noun, picture);
    }
}

#[test]
fn nouns_of_other_languages_find_the_same() {
    for (noun, picture) in [
        ("ballena", "whale"),
        ("ballena blanca", "whale"),
        ("el faro", "own:lighthouse"),
        ("un perro viejo", "dog"),
        ("linterna", "own:lantern"),
        ("zorro", "fox"),
        ("llave dorada", "old-key"),
        ("chat noir", "black-cat"),
        ("le renard", "fox"),
        ("l'oiseau", "bird"),
        ("lanterne", "own:lantern"),
        ("bateau", "sailboat"),
        ("der Leuchtturm", "own:lighthouse"),
        ("roter Ballon", "balloon"),
        ("Fuchs", "fox"),
        ("Schwert", "own:sword"),
        ("Blumen", "bouquet"),
        ("鲸鱼", "whale"),
        ("白鲸", "whale"),
        ("灯塔", "own:lighthouse"),
        ("狐狸", "fox"),
        ("钥匙", "old-key"),
        ("キツネ", "fox"),
        ("灯台", "own:lighthouse"),
        ("クジラ", "whale"),
        ("椅子", "chair"),
    ] {
        check(noun, picture);
    }
}

#[test]
fn some_words_find_nothing() {
    let places = [
        "forest",
        "city",
        "storm",
        "river",
        "garden",
        "market",
        "street",
        "sky",
        "sea",
        "beach",
        "dark forest",
        "bosque",
        "Wald",
        "森林",
        "海",
    ];
    let ideas = ["love", "time", "idea", "freedom", "music", "amor", "temps", "Liebe", "时间", "heart", "face", ""];
    let persons =
        ["keeper", "detective", "teacher", "old man", "girl", "lighthouse keeper", "pescador", "侦探", "wizard"];
    let animals =
        ["dingo", "okapi", "mongoose", "ibis", "flying fox", "sea cucumber", "okapis", "emus", "海象", "libélula"];
    for noun in places.iter().chain(&ideas).chain(&persons).chain(&animals) {
        check(noun, "-");
    }
    for noun in persons {
        assert!(person(noun).is_some(), "{noun} is a person");
    }
    for noun in animals {
        assert!(person(noun).is_none(), "{noun} is no person");
    }
}

#[test]
fn a_find_says_how_sure_it_is_and_where_the_thing_is() {
    let got = |noun: &str| find(noun).map(|f| (f.exactness, f.ground, f.shines));
    assert_eq!(got("violin"), Some((Exactness::Alias, Ground::Stands, false)));
    assert_eq!(got("accordion"), Some((Exactness::Exact, Ground::Stands, false)));
    assert_eq!(got("old accordion"), Some((Exactness::Head, Ground::Stands, false)));
    assert_eq!(got("steak"), Some((Exactness::Keyword, Ground::Stands, false)));
    assert_eq!(got("whale").map(|g| g.1), Some(Ground::Swims));
    assert_eq!(got("boat").map(|g| g.1), Some(Ground::Floats));
    assert_eq!(got("seagull").map(|g| g.1), Some(Ground::Flies));
    assert_eq!(got("moon").map(|g| g.1), Some(Ground::Hangs));
    assert_eq!(got("lantern").map(|g| g.2), Some(true));
}

#[test]
fn every_alias_names_a_bundled_picture() {
    for (word, picture) in aliases() {
        let exists = *picture == "!"
            || PictureId::named(picture).is_some()
            || PictureId::named(&format!("{picture}-light")).is_some();
        assert!(exists, "{word} = {picture}");
    }
}

#[test]
fn a_compound_is_not_just_any_thing_of_its_last_word() {
    for compound in ["emergency bottle", "tribal chair", "voting machine", "granola bar"] {
        let found = find(compound).map(|found| found.picture);
        assert_eq!(found, None, "{compound}");
    }
    for made in ["toy knight", "stone lion"] {
        assert!(find(made).is_none() && person(made).is_none(), "{made}");
    }
    assert!(!names_place("granola bar") && names_place("quiet bar"));
}
