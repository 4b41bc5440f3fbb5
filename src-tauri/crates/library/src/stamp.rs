//! Times in file names: `20261122T185130.123Z`, which sort as they were made.

use time::{Date, Month, OffsetDateTime, Time};

/// A time in milliseconds since 1970 as a stamp, in UTC.
pub(crate) fn stamp(ms: u64) -> String {
    let at =
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}.{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

/// The time of a stamp; none when the text is not one.
pub(crate) fn unstamp(text: &str) -> Option<u64> {
    if text.len() != 20 || !text.is_ascii() || &text[8..9] != "T" || &text[15..16] != "." || !text.ends_with('Z') {
        return None;
    }
    let date = Date::from_calendar_date(
        text[0..4].parse().ok()?,
        Month::try_from(text[4..6].parse::<u8>().ok()?).ok()?,
        text[6..8].parse().ok()?,
    );
    let time = Time::from_hms_milli(
        text[9..11].parse().ok()?,
        text[11..13].parse().ok()?,
        text[13..15].parse().ok()?,
        text[16..19].parse().ok()?,
    );
    let at = OffsetDateTime::new_utc(date.ok()?, time.ok()?);
    u64::try_from(at.unix_timestamp_nanos() / 1_000_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_reads_back_and_sorts_by_time() {
        assert_eq!(stamp(1_795_373_490_123), "20261122T185130.123Z");
        for ms in [0, 999, 1_795_373_490_123] {
            assert_eq!(unstamp(&stamp(ms)), Some(ms));
        }
        assert!(stamp(1_795_373_490_123) < stamp(1_795_373_490_124));
        for bad in ["", "20261122", "20261322T185130.123Z", "2026112éT185130.123", "xxxxxxxxTxxxxxx.xxxZ"] {
            assert_eq!(unstamp(bad), None, "{bad:?}");
        }
    }
}
