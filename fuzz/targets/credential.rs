//! What somebody says is a credential, in any form: judged without falling over,
//! and judged the same when it is judged again.

#![no_main]

use domain::{
    Timestamp,
    credential::{Evidence, Presented},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(presented) = Presented::read(bytes) else {
        return;
    };
    let evidence = Evidence {
        now: Timestamp::from_unix_millis(1_800_000_000_000),
        fetched: [("https://issuer.example/did.json".to_owned(), presented.document())].into(),
    };
    let _ = presented.needs();
    let verdict = || serde_json::to_value(presented.verify(&evidence)).expect("a report is JSON");
    assert_eq!(verdict(), verdict());
});
