//! How long a provider wants to be left alone, by its headers.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;

/// Nobody is left alone longer than this; whoever asks for more gets asked again.
const LONGEST: Duration = Duration::from_hours(24);

/// The wait by `retry-after-ms`, else by `retry-after` (seconds or an HTTP date); `None` where neither can be read.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    let seconds = |text: &str, in_a_second: f64| {
        let count: f64 = text.parse().ok()?;
        if count.is_nan() || count < 0.0 {
            return None;
        }
        // What does not fit a duration is a wait without end.
        Some(Duration::try_from_secs_f64(count / in_a_second).unwrap_or(LONGEST))
    };
    let ms = text("retry-after-ms").and_then(|t| seconds(t, 1000.0));
    let wait = ms.or_else(|| {
        let value = text("retry-after")?;
        seconds(value, 1.0).or_else(|| {
            let at = httpdate::parse_http_date(value).ok()?;
            Some(at.duration_since(now).unwrap_or_default())
        })
    });
    wait.map(|w| w.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    fn read(name: &'static str, value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
        retry_after(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000))
    }

    #[test]
    fn odd_values_are_no_wait_or_the_longest() {
        for odd in ["", "soon", "-1", "NaN", "1 2", "Mon, 99 Foo 2026"] {
            assert_eq!(read("retry-after", odd), None, "{odd}");
        }
        for long in ["inf", "1e300", "99999999999"] {
            assert_eq!(read("retry-after", long), Some(LONGEST), "{long}");
        }
        assert_eq!(read("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
    }

    proptest! {
        #[test]
        fn seconds_milliseconds_and_dates_say_the_same(seconds in 0_u32..80_000) {
            let want = Some(Duration::from_secs(u64::from(seconds)));
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + u64::from(seconds));
            prop_assert_eq!(read("retry-after", &seconds.to_string()), want);
            prop_assert_eq!(read("retry-after-ms", &(u64::from(seconds) * 1000).to_string()), want);
            prop_assert_eq!(read("retry-after", &httpdate::fmt_http_date(at)), want);
        }

        #[test]
        fn no_text_is_too_odd(text in "[ -~]{0,40}") {
            prop_assert!(read("retry-after", &text).is_none_or(|w| w <= LONGEST));
        }
    }
}
