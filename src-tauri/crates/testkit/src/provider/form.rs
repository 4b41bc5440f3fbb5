//! Reads a `multipart/form-data` body.

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The parts of a body, or `None` when it is none of this kind.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = content_type.strip_prefix("multipart/form-data")?.split_once("boundary=")?.1;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    let mark = format!("--{boundary}").into_bytes();
    let mut parts = Vec::new();
    let mut rest = &body[find(body, &mark)? + mark.len()..];
    while !rest.starts_with(b"--") {
        let part = rest.strip_prefix(b"\r\n")?;
        let head_end = find(part, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&part[..head_end]);
        let name = head.split("name=\"").nth(1)?.split('"').next()?.to_owned();
        let content = &part[head_end + 4..];
        let end = find(content, &[b"\r\n", &mark[..]].concat())?;
        parts.push(Part { name, bytes: content[..end].to_vec() });
        rest = &content[end + 2 + mark.len()..];
    }
    Some(parts)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|w| w == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_with_their_bytes() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na whale\r\n--x\r\n\
            Content-Disposition: form-data; name=\"image[]\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\x89\r\n\x00\r\n--x--\r\n";
        let parts = parts("multipart/form-data; boundary=x", body).unwrap();
        assert_eq!(parts[0], Part { name: "prompt".into(), bytes: b"a whale".to_vec() });
        assert_eq!(parts[1], Part { name: "image[]".into(), bytes: b"\x89\r\n\x00".to_vec() });
        assert_eq!(super::parts("application/json", body), None);
    }
}
