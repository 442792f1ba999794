//! SVG: an element `openbadges:credential` in the drawing (Open Badges 3.0 §5.3.2).

use quick_xml::{
    NsReader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
    name::{Namespace, ResolveResult},
};

use super::BakingError;

const BADGES: &str = "https://purl.imsglobal.org/ob/v3p0";
const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements inside each other.
const MAX_DEPTH: usize = 128;
/// Names for namespaces that one element may declare: each is looked through
/// for every element below.
const MAX_PREFIXES: usize = 32;
/// Attributes of the element with the credential; it has one.
const MAX_ATTRIBUTES: usize = 16;

/// The only credential in `picture`.
pub(super) fn credential(picture: &str) -> Result<String, BakingError> {
    look_through(picture)?.credential.ok_or(BakingError::NoCredential)
}

/// `picture` with `credential` as the first thing in it.
pub(super) fn bake(picture: &str, credential: &str) -> Result<String, BakingError> {
    let found = look_through(picture)?;
    if found.credential.is_some() {
        return Err(BakingError::Several);
    }
    let (head, drawing) = picture
        .split_at_checked(found.inside)
        .ok_or(BakingError::Malformed)?;
    // What would end the section, and what XML can't hold, can only stand in a
    // text, and there JSON has another way to write it.
    let credential = credential
        .replace("]]>", "]]\\u003e")
        .replace('\u{fffe}', "\\ufffe")
        .replace('\u{ffff}', "\\uffff");
    Ok(format!(
        "{head}<openbadges:credential xmlns:openbadges=\"{BADGES}\"><![CDATA[{credential}]]></openbadges:credential>{drawing}"
    ))
}

struct Found {
    /// Where the outermost element's content begins.
    inside: usize,
    credential: Option<String>,
}

/// Reads all of `picture`, which has to be SVG, without any entity or document
/// type of its own: what those mean is not for a stranger to say.
fn look_through(picture: &str) -> Result<Found, BakingError> {
    let mut reader = NsReader::from_str(picture);
    reader
        .resolver_mut()
        .set_max_declarations_per_element(MAX_PREFIXES);
    let mut found: Option<Found> = None;
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|_| BakingError::Malformed)?;
        let (element, is_empty) = match event {
            Event::Start(element) => (element, false),
            Event::Empty(element) => (element, true),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::DocType(text) if text.contains(&b'[') => return Err(BakingError::Refused),
            Event::GeneralRef(reference) => {
                character(&reference)?;
                continue;
            }
            Event::Eof => return found.filter(|_| depth == 0).ok_or(BakingError::Malformed),
            _ => continue,
        };
        if depth >= MAX_DEPTH {
            return Err(BakingError::Refused);
        }
        let Some(found) = &mut found else {
            if is_empty || !is(&reader, &element, SVG, b"svg") {
                return Err(BakingError::Malformed);
            }
            let inside = usize::try_from(reader.buffer_position()).map_err(|_| BakingError::TooLarge)?;
            found = Some(Found {
                inside,
                credential: None,
            });
            depth += 1;
            continue;
        };
        if is(&reader, &element, BADGES, b"credential") {
            if found.credential.is_some() {
                return Err(BakingError::Several);
            }
            let token = token(&element)?;
            let text = if is_empty {
                String::new()
            } else {
                content(&mut reader)?
            };
            found.credential = Some(token.unwrap_or(text));
        } else if !is_empty {
            depth += 1;
        }
    }
}

fn is(reader: &NsReader<&[u8]>, element: &BytesStart<'_>, namespace: &str, name: &[u8]) -> bool {
    element.local_name().as_ref() == name
        && reader.resolver().resolve_element(element.name()).0
            == ResolveResult::Bound(Namespace(namespace.as_bytes()))
}

/// The JSON Web Token in the attribute `verify`.
fn token(element: &BytesStart<'_>) -> Result<Option<String>, BakingError> {
    let mut token = None;
    for (at, attribute) in element.attributes().enumerate() {
        let attribute = attribute.map_err(|_| BakingError::Malformed)?;
        if at >= MAX_ATTRIBUTES {
            return Err(BakingError::Refused);
        }
        if attribute.key.as_ref() == b"verify" {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            token = Some(value.map_err(|_| BakingError::Malformed)?.into_owned());
        }
    }
    Ok(token)
}

/// The text up to the end of the element that has just begun, which has no
/// element inside.
fn content(reader: &mut NsReader<&[u8]>) -> Result<String, BakingError> {
    let mut content = String::new();
    loop {
        match reader.read_event().map_err(|_| BakingError::Malformed)? {
            Event::Text(text) => content.push_str(&text.decode().map_err(|_| BakingError::Malformed)?),
            Event::CData(text) => content.push_str(&text.decode().map_err(|_| BakingError::Malformed)?),
            Event::GeneralRef(reference) => content.push(character(&reference)?),
            Event::Comment(_) => {}
            Event::End(_) => return Ok(content),
            _ => return Err(BakingError::Malformed),
        }
    }
}

/// The character that a reference stands for: one by number, or one of the five
/// that XML itself names.
fn character(reference: &BytesRef<'_>) -> Result<char, BakingError> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Ok(character);
    }
    let name = reference.decode().map_err(|_| BakingError::Malformed)?;
    let text = resolve_xml_entity(&name).and_then(|text| text.chars().next());
    text.ok_or(BakingError::Refused)
}
