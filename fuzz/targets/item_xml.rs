//! An item's XML: it is taken or refused, and what is taken is the same item,
//! with the same worth, after it was written and read again.

#![no_main]

use domain::assessment::{max_score, qti};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(import) = qti::read(bytes, &mut |address| Some(address.to_owned())) else {
        return;
    };
    let written = qti::write(&import.item, "again");
    let again = qti::read(written.as_bytes(), &mut |address| Some(address.to_owned()));
    // What is no item to publish may have no form in QTI.
    if !import.item.check().is_empty() {
        return;
    }
    let again = again.expect("what was taken is taken again");
    assert_eq!(max_score(&again.item), max_score(&import.item));
});
