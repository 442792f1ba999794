//! A package: whatever it says, it stays within its bounds and its folder.

#![no_main]

use domain::assessment::qti::{self, MAX_ITEMS, MAX_PACKAGE, Package};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(package) = Package::open(bytes) else {
        return;
    };
    assert!(package.items.len() <= MAX_ITEMS);
    let mut unpacked = 0;
    for listed in &package.items {
        let Ok(xml) = package.item(listed) else {
            continue;
        };
        unpacked += xml.len();
        let mut file = |address: &str| {
            let path = package.beside(&listed.path, address)?;
            assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."));
            Some(path)
        };
        let _ = qti::read(&xml, &mut file);
        if unpacked > MAX_PACKAGE {
            return;
        }
    }
});
