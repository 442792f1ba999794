//! Packages (IMS Content Packaging): a zip with a list of what is in it.

mod zip;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    addresses,
    report::Refusal,
    write::escaped,
    xml::{Bounds, Element, MAX_BYTES, text_of},
};

/// Items of one package.
pub const MAX_ITEMS: usize = 2_000;
/// Bytes of all files of one package.
pub const MAX_PACKAGE: usize = zip::MOST_OF_ALL;

/// With what the type of a bank or an assessment begins in a Common Cartridge, of
/// whichever version.
const BANK: &str = "imsqti_xmlv1p2";
/// Where a text in a cartridge says that a file is one of the package.
const OWN_FILE: &str = "$IMS-CC-FILEBASE$";

/// A package that was opened, and its bytes.
#[derive(Debug)]
pub struct Package<B> {
    files: zip::Archive<B>,
    /// The items that its manifest lists, and the banks of items.
    pub items: Vec<Resource>,
    /// The paths of what else it lists that is not only used by items: tests,
    /// stimuli, outcomes.
    pub others: Vec<String>,
}

/// An item, or a bank of them, in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its identifier in the manifest.
    pub identifier: String,
    /// Its file, as a path in the package.
    pub path: String,
}

/// Why a package was not opened, or a file in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageProblem {
    /// Not a zip, or a damaged one.
    #[error("not a zip, or a damaged one")]
    Damaged,
    /// Too many files, or files that are too large once they are unpacked.
    #[error("too large once it is unpacked")]
    TooLarge,
    /// A compression other than deflate, or encryption.
    #[error("{0}: compressed or encrypted in a way that is not known here")]
    Unsupported(String),
    /// A path that leads out of the folder, or is none.
    #[error("{0:?} leads out of the package")]
    BadPath(String),
    /// Two files of one name.
    #[error("{0}: there twice")]
    Duplicate(String),
    /// A file that the manifest lists, or the manifest itself, is not there.
    #[error("{0} is not there")]
    Missing(String),
    /// The manifest is not one.
    #[error("imsmanifest.xml: {0}")]
    Manifest(Refusal),
}

impl<B: AsRef<[u8]>> Package<B> {
    /// Opens a zip with an `imsmanifest.xml`.
    pub fn open(bytes: B) -> Result<Self, PackageProblem> {
        let mut package = Self {
            files: zip::Archive::open(bytes)?,
            items: Vec::new(),
            others: Vec::new(),
        };
        let manifest = package.files.read("imsmanifest.xml", MAX_BYTES)?;
        let manifest = Element::parse(&manifest).map_err(PackageProblem::Manifest)?;
        let mut paths = BTreeSet::new();
        for resource in manifest.below().into_iter().filter(|it| it.name == "resource") {
            let kind = resource.attribute("type").unwrap_or_default();
            // A cartridge names a bank by the only file of its resource.
            let file = resource.first("file").and_then(|file| file.attribute("href"));
            let path = resource.attribute("href").or(file).unwrap_or_default();
            if !kind.starts_with("imsqti_item_") && !kind.starts_with(BANK) {
                // Pictures and style sheets are found from the items that use them.
                let is_used = matches!(kind, "" | "webcontent" | "css2" | "css3")
                    || kind.starts_with("associatedcontent");
                package.others.extend((!is_used).then(|| path.to_owned()));
                continue;
            }
            if package.items.len() >= MAX_ITEMS {
                return Err(PackageProblem::TooLarge);
            }
            let path = within("", path).ok_or_else(|| PackageProblem::BadPath(path.to_owned()))?;
            if !paths.insert(path.clone()) {
                return Err(PackageProblem::Duplicate(path));
            }
            package.items.push(Resource {
                identifier: resource.attribute("identifier").unwrap_or_default().to_owned(),
                path,
            });
        }
        Ok(package)
    }

    /// The XML of an item or a bank that the manifest lists.
    pub fn item(&self, listed: &Resource) -> Result<Vec<u8>, PackageProblem> {
        self.files.read(&listed.path, Bounds::BANK.bytes)
    }

    /// A file's bytes.
    pub fn file(&self, path: &str) -> Result<Vec<u8>, PackageProblem> {
        self.files.read(path, zip::MOST_OF_ONE)
    }

    /// A file's bytes, if there are no more than so many; a longer one is not unpacked.
    pub fn file_within(&self, path: &str, most: usize) -> Result<Vec<u8>, PackageProblem> {
        self.files.read(path, most)
    }

    /// The path of the file that the item at `item` calls `address`, if it is in
    /// the package.
    #[must_use]
    pub fn beside(&self, item: &str, address: &str) -> Option<String> {
        let folder = item.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = within(folder, address)?;
        self.files.has(&path).then_some(path)
    }

    /// The path of the file that a question of a cartridge calls `address`, if it is
    /// in the package. What stands before it is the folder of the bank, of the
    /// package, or of its web content, depending on who wrote it.
    #[must_use]
    pub fn beside_bank(&self, bank: &str, address: &str) -> Option<String> {
        let Some(address) = address.strip_prefix(OWN_FILE) else {
            return self.beside(bank, address);
        };
        let address = address.trim_start_matches('/');
        let elsewhere = ["", "web_resources"].into_iter();
        let elsewhere = elsewhere.filter_map(|folder| within(folder, address));
        let beside = self.beside(bank, address).into_iter();
        beside.chain(elsewhere).find(|path| self.files.has(path))
    }
}

/// The path at an address relative to a folder; none if it leads out.
fn within(folder: &str, address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    inside(folder, &unescaped(address)?)
}

/// The path of what a folder has by that name, which may lead through folders; none
/// if it leads out.
fn inside(folder: &str, name: &str) -> Option<String> {
    if name.is_empty() || name.starts_with('/') || name.contains([':', '\\', '\0']) {
        return None;
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

/// The address of a path: a relative reference (RFC 3986 §4.2), which is what an
/// `href` of a manifest is. Whoever takes it apart has the same path again.
fn reference(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            byte => address.extend(["%", &format!("{byte:02X}")]),
        }
    }
    address
}

/// An address without its `%20`s; none if what they stand for is no text.
pub(in crate::assessment) fn unescaped(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}

/// A package of items, each by its identifier, and the files that they name:
/// nothing that [`Package::open`] would not take again.
pub fn pack(
    items: &BTreeMap<String, String>,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<u8>, PackageProblem> {
    if items.len() > MAX_ITEMS {
        return Err(PackageProblem::TooLarge);
    }
    let mut resources = String::new();
    let mut archive = zip::Writer::default();
    for (identifier, xml) in items {
        let path = format!("{identifier}.xml");
        let used: String = used(&path, xml, files).iter().map(|path| listed(path)).collect();
        let resource = format!(
            "<resource identifier=\"{id}\" type=\"imsqti_item_xmlv3p0\" href=\"{href}\">{own}{used}</resource>\n",
            id = escaped(identifier),
            href = reference(&path),
            own = listed(&path),
        );
        resources.push_str(&resource);
        archive.add(&path, xml.as_bytes())?;
    }
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest xmlns=\"http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1\" identifier=\"MANIFEST\">\n\
         <metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>\n\
         <organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n"
    );
    for (path, bytes) in files {
        archive.add(path, bytes)?;
    }
    archive.add("imsmanifest.xml", manifest.as_bytes())?;
    let bytes = archive.finish();
    Package::open(&bytes)?;
    Ok(bytes)
}

/// The paths of the files that the item at that path names, of those.
fn used(item: &str, xml: &str, files: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let folder = item.rsplit_once('/').map_or("", |(folder, _)| folder);
    let document = text_of(xml.as_bytes()).and_then(|text| Element::parse_within(text, Bounds::BANK));
    let named = document.map(|root| addresses(&root)).unwrap_or_default();
    let paths = named.iter().filter_map(|address| within(folder, address));
    paths.filter(|path| files.contains_key(path)).collect()
}

/// A file of a resource as the manifest lists it.
fn listed(path: &str) -> String {
    format!("<file href=\"{}\"/>", reference(path))
}

const _: () = assert!(Bounds::BANK.bytes < zip::MOST_OF_ONE);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::Writer::default();
        for (path, text) in files {
            writer.add(path, text.as_bytes()).unwrap();
        }
        writer.finish()
    }

    proptest! {
        #[test]
        fn a_package_of_any_names_is_read_as_it_was_written(
            folder in "[a%#&?<>\"' +;=@ä\\]\\[\u{1}\n-]{1,6}",
            name in "[a%2f#&?<>\"' +;=@ä\\]\\[\u{7f}\u{fffe}-]{1,8}",
        ) {
            let item = format!("{folder}/{name}");
            let picture = format!("{folder}/x{name}.png");
            let address = escaped(&reference(&format!("x{name}.png")));
            let items = BTreeMap::from([(item.clone(), format!("<a src=\"{address}\"/>"))]);
            let files = BTreeMap::from([(picture.clone(), vec![7; 30])]);
            let bytes = pack(&items, &files).unwrap();
            let package = Package::open(&bytes).unwrap();
            let listed = &package.items[0];
            prop_assert_eq!(&listed.path, &format!("{item}.xml"));
            prop_assert_eq!(package.item(listed).unwrap(), items[&item].as_bytes());
            let manifest = package.file("imsmanifest.xml").unwrap();
            let manifest = Element::parse(&manifest).unwrap();
            let hrefs: Vec<_> = manifest.below().iter().filter(|it| it.name == "file")
                .map(|it| within("", it.attribute("href").unwrap()).unwrap()).collect();
            prop_assert_eq!(hrefs, [listed.path.clone(), picture.clone()]);
            let beside = package.beside(&listed.path, &reference(&format!("x{name}.png")));
            prop_assert_eq!(beside, Some(picture));
        }
    }

    #[test]
    fn a_path_is_written_as_an_address_and_nothing_else() {
        assert_eq!(
            reference("a b/50% #1 & ü?.xml"),
            "a%20b/50%25%20%231%20%26%20%C3%BC%3F.xml"
        );
    }

    #[test]
    fn nothing_is_packed_that_could_not_be_opened() {
        let items = BTreeMap::from([("a".to_owned(), "<a/>".to_owned())]);
        for path in ["../a.png", "a:b.png", "a.xml", "imsmanifest.xml"] {
            let files = BTreeMap::from([(path.to_owned(), vec![7])]);
            assert!(pack(&items, &files).is_err(), "{path}");
        }
        // A name that no tag of a manifest has room for.
        let items = BTreeMap::from([("ü".repeat(8_000), "<a/>".to_owned())]);
        assert!(pack(&items, &BTreeMap::new()).is_err());
    }

    fn manifest(href: &str) -> String {
        format!(
            "<manifest><resources><resource identifier='r' type='imsqti_item_xmlv2p1' href='{href}'/></resources></manifest>"
        )
    }

    #[test]
    fn a_package_is_read_as_it_was_written() {
        let items = BTreeMap::from([("a".to_owned(), "<a src='images/x.png'/>".to_owned())]);
        let files = BTreeMap::from([("images/x.png".to_owned(), vec![7; 3_000])]);
        let bytes = pack(&items, &files).unwrap();
        let package = Package::open(&bytes).unwrap();
        assert_eq!(package.items[0].path, "a.xml");
        assert_eq!(package.file("a.xml").unwrap(), items["a"].as_bytes());
        let path = package.beside("a.xml", "images/x.png").unwrap();
        assert_eq!(package.file(&path).unwrap(), files["images/x.png"]);
        assert_eq!(package.beside("a.xml", "images/y.png"), None);
    }

    #[test]
    fn a_cartridge_names_its_banks_by_their_only_file_and_has_its_pictures_in_one_of_three_places() {
        let manifest = "<manifest><resources>\
            <resource identifier='b' type='imsqti_xmlv1p2/imscc_xmlv1p3/question-bank'><file href='b/bank.xml'/></resource>\
            <resource identifier='a' type='imsqti_xmlv1p2/imscc_xmlv1p3/assessment'><file href='b/quiz.xml'/></resource>\
            <resource identifier='l' type='imswl_xmlv1p3'><file href='link.xml'/></resource>\
            </resources></manifest>";
        let files = [
            ("imsmanifest.xml", manifest),
            ("b/bank.xml", "<a/>"),
            ("b/x.png", ""),
            ("y.png", ""),
            ("web_resources/z.png", ""),
        ];
        let bytes = zipped(&files);
        let package = Package::open(&bytes).unwrap();
        let paths: Vec<_> = package.items.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["b/bank.xml", "b/quiz.xml"]);
        assert_eq!(package.others, ["link.xml"]);
        for (address, path) in [
            ("$IMS-CC-FILEBASE$/x.png", Some("b/x.png")),
            ("$IMS-CC-FILEBASE$../y.png", Some("y.png")),
            ("$IMS-CC-FILEBASE$/y.png", Some("y.png")),
            ("$IMS-CC-FILEBASE$/z.png?a=b", Some("web_resources/z.png")),
            ("x.png", Some("b/x.png")),
            ("y.png", None),
            ("$IMS-CC-FILEBASE$../../y.png", None),
        ] {
            assert_eq!(
                package.beside_bank("b/bank.xml", address).as_deref(),
                path,
                "{address}"
            );
        }
    }

    #[test]
    fn no_path_leads_out_of_the_package() {
        for path in [
            "../a.xml",
            "/etc/passwd",
            "c:/a.xml",
            "a/../../b",
            "a\\b",
            "%2e%2e/a.xml",
        ] {
            let listed = zipped(&[("imsmanifest.xml", &manifest(path))]);
            assert_eq!(
                Package::open(&listed).unwrap_err(),
                PackageProblem::BadPath(path.to_owned())
            );
        }
        for path in [
            "../a.xml",
            "/etc/passwd",
            "c:/a.xml",
            "a/../../b",
            "a\\b",
            "a/./b",
        ] {
            let held = zipped(&[("imsmanifest.xml", "<manifest/>"), (path, "")]);
            assert_eq!(
                Package::open(&held).unwrap_err(),
                PackageProblem::BadPath(path.to_owned())
            );
        }
    }

    #[test]
    fn a_name_that_stands_twice_is_refused() {
        let bytes = zipped(&[("imsmanifest.xml", "<manifest/>"), ("a", "1"), ("a", "2")]);
        assert_eq!(
            Package::open(&bytes).unwrap_err(),
            PackageProblem::Duplicate("a".to_owned())
        );
    }

    #[test]
    fn an_item_that_is_listed_twice_is_refused() {
        let listed = "<resource type='imsqti_item_xmlv2p1' href='a.xml'/>";
        let manifest = format!(
            "<manifest>{listed}{}</manifest>",
            listed.replace("a.xml", "./a.xml")
        );
        let bytes = zipped(&[("imsmanifest.xml", &manifest), ("a.xml", "<a/>")]);
        assert_eq!(
            Package::open(&bytes).unwrap_err(),
            PackageProblem::Duplicate("a.xml".to_owned())
        );
    }

    #[test]
    fn a_manifest_is_there_and_is_one() {
        let none = zipped(&[("a", "1")]);
        let missing = PackageProblem::Missing("imsmanifest.xml".to_owned());
        assert_eq!(Package::open(&none).unwrap_err(), missing);
        let bomb = zipped(&[(
            "imsmanifest.xml",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><manifest>&b;</manifest>",
        )]);
        assert!(matches!(
            Package::open(&bomb).unwrap_err(),
            PackageProblem::Manifest(_)
        ));
    }
}
