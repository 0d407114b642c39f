//! `file:` addresses to paths and back: percent signs, drives of Windows, Japanese folders.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;

/// The path of a `file:` address; none for any other address.
pub fn path(address: &str) -> Option<PathBuf> {
    let (scheme, rest) = address.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next()?;
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let path = decode(path)?;
    // What cannot stand in a path was meant for something else.
    if path.contains('\0') {
        return None;
    }
    let drive = path.strip_prefix('/').filter(|rest| is_drive(rest));
    let path = match drive {
        Some(drive) => drive.to_owned(),
        None if host.is_empty() || host.eq_ignore_ascii_case("localhost") => path,
        None => format!("//{}{path}", decode(host)?),
    };
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// The address of a path, as VS Code writes it.
pub fn address(path: &Path) -> String {
    let mut text = path.to_string_lossy().into_owned();
    if cfg!(windows) {
        text = text.replace('\\', "/");
    }
    // What the system resolved begins with signs that no editor takes: `//?/C:/`, `//?/UNC/server/`.
    if let Some(rest) = text.strip_prefix("//?/") {
        text = rest.strip_prefix("UNC/").map_or_else(|| rest.to_owned(), |share| format!("//{share}"));
    }
    if is_drive(&text) {
        text.replace_range(..1, &text[..1].to_ascii_lowercase());
        text.insert(0, '/');
    }
    let mut address = String::from(if text.starts_with("//") { "file:" } else { "file://" });
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte))
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

/// An address as the protocol's type; characters that it may not hold are encoded.
pub fn typed(address: &str) -> Option<Uri> {
    Uri::from_str(address).ok().or_else(|| {
        let encode = |c: char| match c {
            '!'..='~' if !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') => c.to_string(),
            other => other.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
        };
        Uri::from_str(&address.chars().map(encode).collect::<String>()).ok()
    })
}

fn is_drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.get(1) == Some(&b':')
        && matches!(bytes.get(2), None | Some(b'/' | b'\\'))
}

/// Percent signs resolved; none where the bytes are no UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let decoded = digits
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(decoded.unwrap_or(*byte));
        rest = if decoded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_editors_write_them() {
        for (address, want) in [
            (
                "file:///home/a%20b/%E5%B8%82/departments/2025/somu.yaml",
                Some("/home/a b/市/departments/2025/somu.yaml"),
            ),
            ("file:///home/市/somu.yaml", Some("/home/市/somu.yaml")),
            ("file:///c%3A/%E5%B8%82/somu.yaml", Some("c:/市/somu.yaml")),
            ("file:///C:/a/somu.yaml", Some("C:/a/somu.yaml")),
            ("FILE://localhost/a", Some("/a")),
            ("file:/a/b", Some("/a/b")),
            ("file://server/share/a", Some("//server/share/a")),
            ("file:///a/100%/b", Some("/a/100%/b")),
            ("file:///a%2fb#L3", Some("/a/b")),
            ("file:///a%00b", None),
            ("file:///%ff", None),
            ("untitled:Untitled-1", None),
            ("file://", None),
            ("", None),
        ] {
            assert_eq!(path(address), want.map(PathBuf::from), "{address}");
        }
    }

    #[test]
    fn addresses_lead_back() {
        for text in ["/home/国分寺 市/a+b%.yaml", "/a(1)/葛\u{e0100}.yaml", "/か\u{3099}/x"] {
            let address = address(Path::new(text));
            assert!(typed(&address).is_some_and(|uri| uri.as_str() == address), "{address}");
            assert_eq!(path(&address), Some(PathBuf::from(text)));
        }
        for (path, want) in [
            ("C:/市", "file:///c%3A/%E5%B8%82"),
            ("//?/C:/市", "file:///c%3A/%E5%B8%82"),
            ("//server/share/a", "file://server/share/a"),
            ("//?/UNC/server/share/a", "file://server/share/a"),
        ] {
            assert_eq!(address(Path::new(path)), want);
        }
        assert_eq!(
            typed("file:///市/a b").map(|uri| uri.as_str().to_owned()),
            Some("file:///%E5%B8%82/a%20b".to_owned())
        );
    }
}
