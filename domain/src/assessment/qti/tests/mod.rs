mod files;
mod pictures;
mod round_trip;

use super::{Import, Refusal};

fn read(xml: &str) -> Result<Import, Refusal> {
    super::read(xml.as_bytes(), &mut |name| Some(name.to_owned()))
}
