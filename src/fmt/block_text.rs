//! Block texts (`|-`): where they end, and their lines without the indentation.

/// The lines of a block text.
pub(super) struct Body<'t> {
    /// Without the indentation, otherwise as written.
    pub(super) lines: Vec<&'t str>,
    /// The byte after the last of them, at the beginning of a line or at the end of the file.
    pub(super) end: usize,
}

/// Reads the body that begins at byte `start`, below a header in a list or map at column `parent`.
pub(super) fn body<'t>(text: &'t str, start: usize, header: &str, parent: usize) -> Body<'t> {
    let rest = text.get(start..).unwrap_or_default();
    let given = header.chars().find_map(|c| c.to_digit(10)).map(|digit| parent + digit as usize);
    let first = rest.lines().find(|line| !is_blank(line)).map(indentation).filter(|indent| *indent > parent);
    let Some(indent) = given.or(first) else { return blank(rest, start, header) };
    let keep_all = header.contains('+');
    let mut body = Body { lines: Vec::new(), end: start };
    let (mut at, mut waiting) = (start, Vec::new());
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end_matches('\n');
        if !is_blank(line) && indentation(line) < indent {
            break;
        }
        waiting.push(line.get(indent..).unwrap_or_default());
        // Blank lines after the text belong to it only where the header or their length says so.
        if keep_all || !is_blank(line) || line.len() > indent {
            body.lines.append(&mut waiting);
            body.end = at;
        }
    }
    body
}

/// A text without a word in it: `|+` keeps its blank lines.
fn blank<'t>(rest: &'t str, start: usize, header: &str) -> Body<'t> {
    let mut body = Body { lines: Vec::new(), end: start };
    if header.contains('+') {
        for line in rest.split_inclusive('\n').take_while(|line| is_blank(line.trim_end_matches('\n'))) {
            body.end += line.len();
            body.lines.push("");
        }
    }
    body
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| byte == b' ')
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
