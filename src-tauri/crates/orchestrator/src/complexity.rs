//! Complexity: how much a request asks for, counted in agents.

use agents::Grade;
use serde::{Deserialize, Serialize};

use crate::Parameters;

/// The grade of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complexity {
    /// One or two agents.
    Simple,
    /// Three to five.
    Medium,
    /// Six and more.
    Complex,
}

impl Complexity {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Medium => "medium",
            Self::Complex => "complex",
        }
    }

    /// What the crew switches on for it.
    pub fn to_grade(self) -> Grade {
        match self {
            Self::Simple => Grade::Simple,
            Self::Medium => Grade::Medium,
            Self::Complex => Grade::Complex,
        }
    }
}

/// Grades what was said, and says why. Two agents (screenwriter, storyboard) always; one more for over a minute; two
/// for characters; two for scenes; one for one or two special requirements, two for more.
pub fn grade(parameters: &Parameters) -> (Complexity, String) {
    let mut agents = 2;
    let mut why = vec!["screenwriter and storyboard".to_owned()];
    let mut add = |more: u32, reason: &str| {
        agents += more;
        why.push(reason.to_owned());
    };
    if parameters.duration.is_some_and(|s| s > 60) {
        add(1, "longer than a minute");
    }
    if !parameters.characters.is_empty() {
        add(2, "characters");
    }
    if !parameters.scenes.is_empty() || parameters.scene_count.is_some_and(|n| n >= 2) {
        add(2, "scenes");
    }
    match parameters.special_requirements.len() {
        0 => {}
        1 | 2 => add(1, "special wishes"),
        _ => add(2, "many special wishes"),
    }
    let complexity = match agents {
        0..=2 => Complexity::Simple,
        3..=5 => Complexity::Medium,
        _ => Complexity::Complex,
    };
    (complexity, why.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_follow_the_count_of_agents() {
        let plain = Parameters { theme: Some("a pond".into()), ..Parameters::default() };
        assert_eq!(grade(&plain).0, Complexity::Simple);
        let long = Parameters { duration: Some(120), ..plain.clone() };
        assert_eq!(grade(&long).0, Complexity::Medium);
        let full = Parameters { characters: vec!["a fox".into()], scene_count: Some(4), ..plain };
        assert_eq!(grade(&full).0, Complexity::Complex);
    }
}
