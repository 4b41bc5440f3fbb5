//! Server-sent events: the `data` of each event out of a stream of bytes that may be cut anywhere.

/// Reads events as their bytes come.
#[derive(Debug, Default)]
pub(super) struct Events {
    line: Vec<u8>,
    data: Option<String>,
    after_cr: bool,
    begun: bool,
}

impl Events {
    /// The data of the events that these bytes complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut whole = Vec::new();
        for byte in bytes {
            let follows_cr = std::mem::take(&mut self.after_cr);
            match byte {
                b'\n' if follows_cr => {}
                b'\n' | b'\r' => {
                    self.after_cr = *byte == b'\r';
                    whole.extend(self.end_line());
                }
                _ => self.line.push(*byte),
            }
        }
        whole
    }

    /// The last event, where the stream ended without the empty line after it.
    pub(super) fn finish(mut self) -> Option<String> {
        self.end_line().or(self.data)
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        let first = !std::mem::replace(&mut self.begun, true);
        let line = if first { line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line) } else { &line[..] };
        if line.is_empty() {
            return self.data.take();
        }
        // A line that begins with a colon is a comment; fields other than `data` say nothing that is needed here.
        let value = match line.strip_prefix(b"data") {
            Some([]) => &[],
            Some([b':', b' ', value @ ..] | [b':', value @ ..]) => value,
            _ => return None,
        };
        let value = String::from_utf8_lossy(value);
        match &mut self.data {
            Some(data) => {
                data.push('\n');
                data.push_str(&value);
            }
            none => *none = Some(value.into_owned()),
        }
        None
    }
}

/// The data of all events of a whole stream.
pub(super) fn events(stream: &[u8]) -> Vec<String> {
    let mut events = Events::default();
    let mut all = events.push(stream);
    all.extend(events.finish());
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn comments_names_and_line_ends_of_all_kinds() {
        let stream = "\u{feff}: hello\r\n\r\nevent: x\ndata: a\r\ndata:b\r\n\r\ndata\n\nid: 4\rdata: é\r\rdata: [DONE]";
        assert_eq!(events(stream.as_bytes()), ["a\nb", "", "é", "[DONE]"]);
        assert_eq!(events(b"database: no\n\n"), [""; 0]);
    }

    proptest! {
        #[test]
        fn however_a_stream_is_cut_it_says_the_same(
            stream in proptest::collection::vec(
                prop_oneof![
                    Just("data: "), Just("data:"), Just("data"), Just(": ping"), Just("\n"), Just("\r\n"), Just("\r"),
                    Just("{\"é\":1}"), Just("鯨"), Just("event: x"), Just(" ")
                ],
                0..40,
            ),
            cuts in proptest::collection::vec(1_usize..7, 1..20),
        ) {
            let bytes = stream.concat().into_bytes();
            let mut reader = Events::default();
            let (mut got, mut rest, mut sizes) = (Vec::new(), &bytes[..], cuts.iter().cycle());
            while let (false, Some(size)) = (rest.is_empty(), sizes.next()) {
                let (now, later) = rest.split_at((*size).min(rest.len()));
                got.extend(reader.push(now));
                rest = later;
            }
            got.extend(reader.finish());
            prop_assert_eq!(got, events(&bytes));
        }

        #[test]
        fn what_was_sent_is_heard(said in proptest::collection::vec("[^\r\n]{0,30}", 0..10), end in "\n|\r\n|\r") {
            let stream: Vec<String> = said.iter().map(|s| format!("data: {s}{end}{end}")).collect();
            prop_assert_eq!(events(stream.concat().as_bytes()), said);
        }
    }
}
