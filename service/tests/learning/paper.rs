//! A badge on paper: as a text, as a photograph of its code, as a certificate.

use std::io::Cursor;

use domain::{
    credential::{NotPresented, Outcome, Presented, Report, baked::BakingError},
    id::CredentialId,
    tenancy::Role,
};
use image::{GrayImage, ImageFormat, Luma, RgbImage};
use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{Options, Tree},
};
use service::{
    Error, SystemCtx,
    credential::{
        CertificateWords, PublicCredential, certificate, on_paper, presented, proof_svg, public_credential,
        revoke, rotate_key, verify,
    },
};

use crate::badges::Stack;

async fn as_the_holder_sees(stack: &Stack, id: CredentialId) -> PublicCredential {
    public_credential(&stack.system(), id, stack.learner.person().ok())
        .await
        .unwrap()
}

async fn verified(system: &SystemCtx, bytes: &[u8]) -> Report {
    verify(system, presented(bytes.to_vec()).await.unwrap())
        .await
        .unwrap()
}

/// A sheet with this drawing on it, photographed a little askew.
fn photograph(svg: &str, format: ImageFormat) -> Vec<u8> {
    let tree = Tree::from_str(svg, &Options::default()).unwrap();
    let mut sheet = Pixmap::new(1_500, 1_100).unwrap();
    sheet.fill(Color::from_rgba8(232, 228, 220, 255));
    let scale = 800.0 / tree.size().width();
    let askew = Transform::from_scale(scale, scale)
        .post_rotate(4.0)
        .post_translate(320.0, 90.0);
    resvg::render(&tree, askew, &mut sheet.as_mut());
    let pixels = sheet
        .pixels()
        .iter()
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]);
    let mut picture = RgbImage::from_raw(1_500, 1_100, pixels.collect()).unwrap();
    // The hand with the phone throws its shadow: to the right the paper is darker than ink on the left.
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        let left = 1_500 - x * 9 / 10;
        pixel.0 = pixel
            .0
            .map(|light| u8::try_from(u32::from(light.max(60)) * left / 1_500).unwrap());
    }
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_badge_on_paper_verifies_and_is_the_same_until_the_key_is_changed() {
    let stack = Stack::issued().await;
    let system = stack.system();
    let id = stack.badges().await[0].id;
    let badge = as_the_holder_sees(&stack, id).await;
    let text = on_paper(&system, &badge).await.unwrap();
    assert_eq!(on_paper(&system, &badge).await.unwrap(), text);
    assert_eq!(verified(&system, text.as_bytes()).await.outcome, Outcome::Valid);

    rotate_key(&stack.member(Role::Owner).await).await.unwrap();
    let anew = on_paper(&system, &badge).await.unwrap();
    assert_ne!(anew, text);
    for text in [&text, &anew] {
        assert_eq!(verified(&system, text.as_bytes()).await.outcome, Outcome::Valid);
    }

    revoke(&stack.member(Role::Admin).await, id, "Given by mistake.")
        .await
        .unwrap();
    assert_eq!(verified(&system, text.as_bytes()).await.outcome, Outcome::Invalid);
    let badge = as_the_holder_sees(&stack, id).await;
    assert!(matches!(on_paper(&system, &badge).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_photograph_of_the_code_is_as_good_as_its_text() {
    let stack = Stack::issued().await;
    let system = stack.system();
    let id = stack.badges().await[0].id;
    let badge = as_the_holder_sees(&stack, id).await;
    let svg = proof_svg(&system, &badge).await.unwrap();
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let report = verified(&system, &photograph(&svg, format)).await;
        assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    }
}

#[tokio::test]
async fn a_picture_without_a_code_of_ours_is_no_badge() {
    let plain = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        assert_eq!(
            presented(photograph(plain, format)).await.err(),
            Some(NotPresented::Picture(BakingError::NoCredential))
        );
    }
    assert_eq!(
        presented(b"\xff\xd8\xff\xe0 and no more".to_vec()).await.err(),
        Some(NotPresented::Picture(BakingError::Malformed))
    );
    assert!(matches!(
        presented(b"{}".to_vec()).await,
        Ok(Presented::Document(_))
    ));
}

/// A picture may be drawn to keep a reader busy: here every corner could be one
/// of every code, and there are forty thousand.
#[tokio::test]
async fn a_picture_full_of_corners_is_looked_at_once() {
    let picture = GrayImage::from_fn(1_800, 1_800, |x, y| {
        let ring = |at: u32| (at % 9).abs_diff(4);
        let is_ink = matches!(ring(x).max(ring(y)), 0 | 1 | 3);
        Luma([if is_ink { 0 } else { u8::MAX }])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(
        presented(bytes.into_inner()).await.err(),
        Some(NotPresented::Picture(BakingError::NoCredential))
    );
}

#[tokio::test]
async fn a_certificate_is_the_same_bytes_each_time_and_lacks_no_letter() {
    let stack = Stack::issued().await;
    let system = stack.system();
    let id = stack.badges().await[0].id;
    let mut badge = as_the_holder_sees(&stack, id).await;
    let words = || CertificateWords {
        language: "en".to_owned(),
        title: "Certificate".to_owned(),
        criteria: "What it took".to_owned(),
        check_title: "Check it".to_owned(),
        symbol: "A code".to_owned(),
        picture: "The badge".to_owned(),
        ..CertificateWords::default()
    };
    let sheet = certificate(&system, &badge, words()).await.unwrap().unwrap();
    assert!(sheet.starts_with(b"%PDF-1.7"));
    assert!(sheet.len() < 200_000, "{}", sheet.len());
    assert_eq!(certificate(&system, &badge, words()).await.unwrap(), Some(sheet));
    "Ольга Śródlądowa".clone_into(&mut badge.holder);
    assert!(certificate(&system, &badge, words()).await.unwrap().is_some());
    "مريم".clone_into(&mut badge.holder);
    assert_eq!(certificate(&system, &badge, words()).await.unwrap(), None);
}
