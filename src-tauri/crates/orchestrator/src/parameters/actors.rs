//! Who acts: noun phrases whose head is a person, an animal or a being.

use story::words;

const ENDINGS: [&str; 6] = ["keeper", "maker", "driver", "hunter", "fighter", "man"];

/// Heads of noun phrases that act.
const BEINGS: &str = " man woman boy girl child kid baby person people old-man grandmother grandma grandfather grandpa mother father mom dad brother brothers sister sisters \
 friend friends family couple twins king queen prince princess knight wizard witch pirate sailor sailors captain fisherman fishermen farmer baker chef cook doctor nurse teacher student students \
 scientist astronaut pilot soldier detective thief spy painter artist musician pianist violinist dancer singer writer poet tailor blacksmith carpenter gardener postman mailman shepherd monk \
 explorer traveler traveller wanderer hiker climber runner surfer skater cyclist driver robot robots android alien aliens ghost ghosts dragon dragons fairy mermaid giant troll elf dwarf unicorn monster vampire \
 fox foxes wolf wolves bear bears cat cats dog dogs puppy kitten mouse mice rabbit hedgehog squirrel owl raven crow bird birds sparrow seagull penguin penguins whale whales dolphin dolphins shark octopus turtle tortoise fish \
 horse horses donkey cow cows pig goat sheep lamb lion tiger elephant elephants monkey giraffe zebra deer frog toad snake lizard crocodile dinosaur dinosaurs bee bees butterfly ant ants spider snail crab duck swan \
 camel panda koala kangaroo parrot eagle hawk bat otter seal walrus chameleon caterpillar ladybug hero heroine villager villagers merchant clown magician snowman toy doll teddy samurai ninja cowboy keeper neighbour neighbor stranger ";

const STOPS: &str = " a an the his her their its my our your two three four five several some many and or who that which with of in on at by from to for as is are was were be while when where about ";

fn is_being(word: &str) -> bool {
    BEINGS.contains(&format!(" {word} ")) || ENDINGS.iter().any(|e| word.len() > e.len() + 2 && word.ends_with(e))
}

fn is_stop(word: &str) -> bool {
    STOPS.contains(&format!(" {word} "))
}

/// Those who act in a theme, each once, with the words that describe them, in the order they are named.
pub(crate) fn actors(theme: &str) -> Vec<String> {
    let all = words(theme);
    let mut found: Vec<String> = Vec::new();
    for (i, word) in all.iter().enumerate() {
        let head = is_being(word) && !all.get(i + 1).is_some_and(|next| is_being(next));
        if !head {
            continue;
        }
        let mut start = i;
        while start > 0 && i - start < 3 && !is_stop(&all[start - 1]) && !looks_like_verb(&all[start - 1]) {
            start -= 1;
        }
        let phrase = all[start..=i].join(" ");
        if !found.iter().any(|f| f.ends_with(word.as_str())) {
            found.push(phrase);
        }
    }
    found
}

fn looks_like_verb(word: &str) -> bool {
    let bare = word.len() > 4 && (word.ends_with("ing") || word.ends_with("ends") || word.ends_with("ets"));
    bare || matches!(
        word,
        "meets"
            | "finds"
            | "befriends"
            | "helps"
            | "saves"
            | "loves"
            | "rides"
            | "riding"
            | "teaches"
            | "sees"
            | "hears"
            | "follows"
            | "chases"
            | "fights"
            | "becomes"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_act_are_found_once_with_their_words() {
        let check = |theme: &str, want: &[&str]| assert_eq!(actors(theme), want, "{theme}");
        check("an old lighthouse keeper who befriends a white whale", &["old lighthouse keeper", "white whale"]);
        check("a hedgehog who is afraid of the dark", &["hedgehog"]);
        check("Tokyo at night in the rain", &[]);
        check("a man riding a cat", &["man", "cat"]);
    }
}
