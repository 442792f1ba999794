//! Entries of status lists and the lists themselves (Bitstring Status List 1.0 §2).

use serde_json::Value;

use super::{Check, Rule, value};
use crate::credential::{StatusList, status::StatusError};

impl Check {
    /// §2.1, of an entry of that kind.
    pub(super) fn status_entry(&mut self, entry: &Value, path: &str) {
        let is_one = entry
            .as_object()
            .is_some_and(|members| value::has_type(members, "BitstringStatusListEntry"));
        if !is_one {
            return;
        }
        let list = entry.get("statusListCredential");
        let size = match entry.get("statusSize") {
            None => Some(1),
            Some(size) => size.as_u64().filter(|size| *size > 0),
        };
        for (name, fits) in [
            ("id", list.is_none() || entry.get("id") != list),
            (
                "statusPurpose",
                entry.get("statusPurpose").is_some_and(Value::is_string),
            ),
            (
                "statusListIndex",
                entry.get("statusListIndex").is_some_and(is_index),
            ),
            ("statusListCredential", list.is_some_and(value::is_url)),
            ("statusSize", size.is_some()),
            (
                "statusMessage",
                messages_fit(entry.get("statusMessage"), size.unwrap_or(1)),
            ),
            (
                "statusReference",
                value::list(entry.get("statusReference"))
                    .iter()
                    .all(value::is_url),
            ),
        ] {
            if !fits {
                self.add(path, Rule::StatusEntry(name));
            }
        }
    }

    /// §2.2, of the subject of a status list credential.
    pub(super) fn status_list(&mut self, subject: Option<&Value>, path: &str) {
        let [list] = value::list(subject) else {
            return self.add(path, Rule::StatusList("credentialSubject"));
        };
        let is_one = list
            .as_object()
            .is_some_and(|members| value::has_type(members, "BitstringStatusList"));
        let purposes = value::list(list.get("statusPurpose"));
        let encoded = list.get("encodedList").and_then(Value::as_str);
        let encoded = encoded
            .filter(|text| text.starts_with('u'))
            .map(StatusList::decode);
        for (name, fits) in [
            ("type", is_one),
            (
                "statusPurpose",
                !purposes.is_empty() && purposes.iter().all(Value::is_string),
            ),
            // More bits than are read here is no fault of the list's.
            (
                "encodedList",
                matches!(encoded, Some(Ok(_) | Err(StatusError::TooLarge))),
            ),
            ("ttl", list.get("ttl").is_none_or(Value::is_u64)),
        ] {
            if !fits {
                self.add(path, Rule::StatusList(name));
            }
        }
    }
}

/// A whole number in base 10, as a string, without zeros in front.
fn is_index(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        let is_number = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        is_number && (text == "0" || !text.starts_with('0'))
    })
}

/// One message for each value that so many bits have; none is needed for a single bit.
fn messages_fit(messages: Option<&Value>, size: u64) -> bool {
    let Some(messages) = messages else {
        return size == 1;
    };
    let values = u32::try_from(size)
        .ok()
        .and_then(|size| 1_usize.checked_shl(size));
    messages.as_array().is_some_and(|messages| {
        let whole = |message: &Value| {
            ["status", "message"]
                .iter()
                .all(|name| message.get(name).is_some_and(Value::is_string))
        };
        Some(messages.len()) == values && messages.iter().all(whole)
    })
}
