//! A question bank of Moodle: each of its questions is taken or refused, and what
//! is taken is within the bounds of an item and has a form in QTI.

#![no_main]

use domain::assessment::{
    SourceKind, max_score,
    moodle::{self, MAX_QUESTIONS},
    qti,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(parts) = moodle::split(bytes) else {
        return;
    };
    assert!(parts.len() <= MAX_QUESTIONS);
    for part in parts {
        let mut named = Vec::new();
        let Ok(document) = SourceKind::Moodle.open(part.source.as_bytes()) else {
            continue;
        };
        let read = document.read(&mut |address| {
            named.push(address.to_owned());
            moodle::is_embedded(address).then(|| "picture.png".to_owned())
        });
        for path in named.iter().filter(|path| moodle::is_embedded(path)) {
            let _ = document.embedded(path);
        }
        let _ = document.addresses();
        let Ok(import) = read else {
            continue;
        };
        let written = qti::write(&import.item, "again");
        let again = qti::read(written.as_bytes(), &mut |address| Some(address.to_owned()));
        // What is no item to publish may have no form in QTI.
        if !import.item.check().is_empty() {
            continue;
        }
        let again = again.expect("what was taken is taken again");
        assert_eq!(max_score(&again.item), max_score(&import.item));
    }
});
