//! Where to go after signing in.

use crate::visit::Visit;

/// No path is longer.
const LONGEST: usize = 2_000;

/// The path that the address's `back` names; the front page if it names none,
/// or one that is not on this site.
pub(super) fn wanted(visit: &Visit) -> String {
    checked(&visit.query("back").unwrap_or_default())
}

/// `path`, if it is one on this site; else the front page.
pub(super) fn checked(path: &str) -> String {
    let path = if is_ours(path) { path } else { "/" };
    path.to_owned()
}

/// `page` with the way back to `path`.
pub(crate) fn with_back(page: &str, path: &str) -> String {
    if path == "/" {
        return page.to_owned();
    }
    let path: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    format!("{page}?back={path}")
}

/// A path, and not another site: `//other.example` and `/\other.example` lead
/// there, and browsers drop tabs and line breaks before they look.
fn is_ours(path: &str) -> bool {
    path.starts_with('/')
        && path.len() <= LONGEST
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_on_this_site_is_a_way_back() {
        for path in [
            "/",
            "/t/harbour/join",
            "/progress?page=2#top",
            "/%09/other.example",
        ] {
            assert_eq!(checked(path), path);
        }
        for elsewhere in [
            "",
            "progress",
            "//other.example",
            "/\\other.example",
            "/\t/other.example",
            "/\n/other.example",
            "https://other.example/",
            "javascript:alert(1)",
            "/stra\u{df}e",
        ] {
            assert_eq!(checked(elsewhere), "/", "{elsewhere}");
        }
        assert_eq!(checked(&format!("/{}", "a".repeat(LONGEST))), "/");
    }

    #[test]
    fn the_way_back_survives_in_an_address() {
        assert_eq!(with_back("/sign-in", "/"), "/sign-in");
        assert_eq!(
            with_back("/sign-in", "/a?b=c&d"),
            "/sign-in?back=%2Fa%3Fb%3Dc%26d"
        );
    }
}
