//! Carries ids over when an agent ran again: what is still the same scene, line, character or shot keeps its id.

use std::collections::BTreeSet;

/// Pairs each new item with the old item it continues: `Some(index of old)` or `None` for a new one. An old item is
/// used at most once. `likeness` is 0 (unrelated) to 1 (the same); pairs below `least` are not made. The strongest
/// pairs are made first; among equals, items that keep their order.
pub fn carry_ids<T>(old: &[T], new: &[T], least: f32, likeness: impl Fn(&T, &T) -> f32) -> Vec<Option<usize>> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (n, new_item) in new.iter().enumerate() {
        for (o, old_item) in old.iter().enumerate() {
            let score = likeness(old_item, new_item);
            if score >= least {
                pairs.push((score, n, o));
            }
        }
    }
    pairs.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then(a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2))).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2))
    });
    let mut result = vec![None; new.len()];
    let mut used = BTreeSet::new();
    for (_, n, o) in pairs {
        if result[n].is_none() && used.insert(o) {
            result[n] = Some(o);
        }
    }
    result
}

/// How alike two texts are by their words: the share of words they have in common (Jaccard index), 0 to 1.
pub fn word_likeness(a: &str, b: &str) -> f32 {
    let a: BTreeSet<String> = crate::words(a).into_iter().collect();
    let b: BTreeSet<String> = crate::words(b).into_iter().collect();
    let union = a.union(&b).count();
    if union == 0 { 1.0 } else { a.intersection(&b).count() as f32 / union as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(old: &[&str], new: &[&str], want: &[Option<usize>]) {
        assert_eq!(carry_ids(old, new, 0.4, |a, b| word_likeness(a, b)), want, "{old:?} -> {new:?}");
    }

    #[test]
    fn what_is_still_the_same_keeps_its_id() {
        check(&["the lamp is lit", "a whale sings"], &["the lamp is lit", "a whale sings"], &[Some(0), Some(1)]);
        check(&["the lamp is lit", "a whale sings"], &["a whale sings", "the lamp is lit"], &[Some(1), Some(0)]);
        check(&["the lamp is lit"], &["a storm comes", "the old lamp is lit"], &[None, Some(0)]);
        check(&["same", "same"], &["same", "same"], &[Some(0), Some(1)]);
    }

    proptest! {
        #[test]
        fn no_old_item_is_used_twice(old in prop::collection::vec("[a-c ]{0,6}", 0..8), new in prop::collection::vec("[a-c ]{0,6}", 0..8)) {
            let pairs = carry_ids(&old, &new, 0.2, |a, b| word_likeness(a, b));
            let used: Vec<_> = pairs.iter().flatten().collect();
            let unique: BTreeSet<_> = used.iter().collect();
            prop_assert_eq!(used.len(), unique.len());
        }
    }
}
