//! Shares a length out.

/// Shares `total` milliseconds out in the proportion of `wanted`, giving everybody at least its `needs` where there is
/// room for that. The parts add up exactly.
pub(super) fn share(total: u32, needs: &[u32], wanted: &[u32]) -> Vec<u32> {
    let sum = |parts: &[u32]| parts.iter().map(|p| u64::from(*p)).sum::<u64>();
    let (needed, room) = (sum(needs), u64::from(total));
    let mut parts: Vec<u32> = if needed >= room {
        needs.iter().map(|n| (u64::from(*n) * room / needed.max(1)) as u32).collect()
    } else {
        // What each wants beyond its need shares what is left; without such wishes all share alike.
        let beyond: Vec<u64> = needs.iter().zip(wanted).map(|(n, w)| u64::from(w.saturating_sub(*n))).collect();
        let all: u64 = beyond.iter().sum();
        let count = needs.len() as u64;
        let left = room - needed;
        let more = |b: &u64| (left * b).checked_div(all).unwrap_or(left / count.max(1)) as u32;
        needs.iter().zip(&beyond).map(|(n, b)| n + more(b)).collect()
    };
    // Rounding leaves a few milliseconds; the last part takes them.
    let given = sum(&parts);
    if let Some(last) = parts.last_mut() {
        *last += room.saturating_sub(given) as u32;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_add_up_and_needs_are_met(
            total in 0u32..3_600_000,
            parts in prop::collection::vec((0u32..60_000, 0u32..60_000), 1..40),
        ) {
            let (needs, wanted): (Vec<u32>, Vec<u32>) = parts.into_iter().unzip();
            let shared = share(total, &needs, &wanted);
            prop_assert_eq!(shared.iter().sum::<u32>(), total);
            if needs.iter().sum::<u32>() <= total {
                prop_assert!(shared.iter().zip(&needs).all(|(s, n)| s >= n));
            }
        }
    }
}
