//! Words for persons: age, gender and what they do.

/// What a word says about a person ("old man", "girl", "detective").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Age.
    pub age: story::Age,
    /// Gender; neutral when the word does not say.
    pub gender: story::Gender,
    /// The stem of the bundled pictures for what they do (`detective`, `astronaut`), empty for anybody.
    pub role: &'static str,
}

/// What a noun or phrase says about a person; `None` when it does not name one.
pub fn person(_noun: &str) -> Option<Person> {
    None
}
