//! What is asked and what comes back, when all goes well.

use std::sync::{Arc, Mutex};

use models::{
    ChatMessage, ChatPicture, ChatRequest, FailureKind, Job, OnText, Secret, SpeechRequest, Unit, list_models,
};
use serde_json::Value;
use story::{Language, Size};
use testkit::provider::{Fault, Kind, ProviderOptions};

use crate::support::{KEY, KINDS, SIZE, Watched, clip, drawing, form, line, picture, question, studio, studio_of};

#[tokio::test]
async fn a_question_is_answered_in_words_and_in_a_form() {
    let studio = studio().await;
    let chat = studio.models.chat.clone().unwrap();
    let plain = chat.ask(question("The keeper meets a whale"), None, Job::unwatched()).await.unwrap();
    assert!(plain.text.to_lowercase().contains("keeper") || plain.text.to_lowercase().contains("whale"), "{plain:?}");
    assert!(plain.usage.units["input_tokens"] > 5 && plain.usage.micros > 0, "{:?}", plain.usage);

    let asked = ChatRequest { schema: Some(form()), ..question("The keeper meets a whale") };
    let formed = chat.ask(asked, None, Job::unwatched()).await.unwrap();
    let value: Value = serde_json::from_str(&formed.text).unwrap();
    assert!(value["title"].is_string() && ["calm", "stormy"].contains(&value["mood"].as_str().unwrap()), "{value}");
}

#[tokio::test]
async fn a_streamed_answer_is_heard_piece_by_piece_and_is_the_same() {
    let studio = studio().await;
    let chat = studio.models.chat.clone().unwrap();
    let asked = ChatRequest { schema: Some(form()), ..question("The keeper meets a whale") };
    let whole = chat.ask(asked.clone(), None, Job::unwatched()).await.unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let on_text: OnText = {
        let heard = Arc::clone(&heard);
        Arc::new(move |text: &str| heard.lock().unwrap().push(text.to_owned()))
    };
    let streamed = chat.ask(asked, Some(on_text), Job::unwatched()).await.unwrap();
    let heard = heard.lock().unwrap();
    assert!(heard.len() > 3);
    assert_eq!((heard.concat(), &streamed), (whole.text.clone(), &whole));
}

#[tokio::test]
async fn pictures_go_with_a_question() {
    let studio = studio().await;
    let mut asked = question("What is in it?");
    asked.messages.push(ChatMessage::assistant("Where?"));
    let pictures = vec![ChatPicture { hash: "ab".into(), png: picture(9) }];
    asked.messages.push(ChatMessage { pictures, ..ChatMessage::user("Here.") });
    let (watched, job) = Watched::default().job();
    studio.models.chat.clone().unwrap().ask(asked, None, job).await.unwrap();
    let order = &watched.orders()[0];
    assert!(order.request.contains("\"hash\":\"ab\"") && order.request.len() < 600, "{}", order.request);
}

#[tokio::test]
async fn a_picture_has_the_size_that_was_asked_for() {
    let studio = studio().await;
    let image = studio.models.image.clone().unwrap();
    for size in [SIZE, Size { width: 130, height: 75 }, Size { width: 72, height: 128 }] {
        let request = models::ImageRequest { size, ..drawing("a whale", 0) };
        let reply = image.draw(request, Job::unwatched()).await.unwrap();
        let read = image::load_from_memory(&reply.png).unwrap();
        assert_eq!((read.width(), read.height()), (size.width, size.height));
    }
}

#[tokio::test]
async fn references_go_along_as_pictures_with_their_roles() {
    let studio = studio().await;
    let image = studio.models.image.clone().unwrap();
    assert_eq!(image.sees(), 8);
    let (watched, job) = Watched::default().job();
    let with = image.draw(drawing("Mara on the pier", 2), job).await.unwrap();
    let without = image.draw(drawing("Mara on the pier", 0), Job::unwatched()).await.unwrap();
    assert_ne!(with.png, without.png);
    let order = &watched.orders()[0];
    assert!(order.request.contains("Image 2: character sheet of Mara, side 1."), "{}", order.request);
    assert_eq!(studio.provider.log().of(Kind::Image).filter(|s| s.completed).count(), 2);
}

#[tokio::test]
async fn a_picture_at_an_address_is_fetched_from_there() {
    let studio = studio().await;
    studio.provider.script(Kind::Image, [Fault::ByAddress]);
    let (watched, job) = Watched::default().job();
    let reply = studio.models.image.clone().unwrap().draw(drawing("a whale", 0), job).await.unwrap();
    assert!(image::load_from_memory(&reply.png).is_ok());
    assert_eq!((watched.handles().len(), watched.replies()[0].media.as_str()), (1, "image/png"));
}

#[tokio::test]
async fn a_clip_is_ordered_in_the_next_length_and_comes_as_a_file() {
    let studio = studio().await;
    let text =
        studio.provider.models_file().replace("model = \"fake-video\"", "model = \"fake-video\"\nlengths = [2, 5]");
    let file: models::ModelsFile = text.parse().unwrap();
    let video = file.build(|_| None).unwrap().video.unwrap();
    assert_eq!(video.lengths().order(2_100), 5_000);
    let (watched, job) = Watched::default().job();
    // This provider wants a key, and this file has none.
    assert_eq!(video.animate(clip("the whale rises", 50), job).await.unwrap_err().kind, FailureKind::Auth);
    assert!(watched.orders()[0].request.contains("\"seconds\":5"), "{}", watched.orders()[0].request);
    assert_eq!(watched.orders()[0].most_micros, Some(500_000));

    let (watched, job) = Watched::default().job();
    let bytes = studio.models.video.clone().unwrap().animate(clip("the whale rises", 25), job).await.unwrap();
    assert_eq!(&bytes[4..8], b"ftyp");
    let usage = &watched.replies()[0].usage;
    assert_eq!((usage.units[Unit::Seconds.as_str()], usage.micros), (2, 200_000));
}

#[tokio::test]
async fn a_line_is_spoken_as_promised() {
    let studio = studio().await;
    let speech = studio.models.speech.clone().unwrap();
    assert!(speech.identity(Language::Ja).is_some());
    let text = "The keeper waits for the whale.";
    let reply = speech.speak(SpeechRequest { pace: 120, ..line(text) }, Job::unwatched()).await.unwrap();
    let spec = hound::WavReader::new(&reply.wav[..]).unwrap().spec();
    assert_eq!((spec.sample_rate, spec.channels, spec.bits_per_sample), (48_000, 1, 16));
    let words: Vec<&str> = reply.words.iter().map(|w| w.word.as_str()).collect();
    assert_eq!(words, text.split(' ').collect::<Vec<_>>());
    assert_eq!(reply.words.last().unwrap().end_ms, reply.duration_ms);
    assert!((1_700..2_000).contains(&reply.duration_ms), "{}", reply.duration_ms);
}

#[tokio::test]
async fn the_list_of_models_is_read() {
    let studio = studio().await;
    let list = list_models(&studio.provider.base_url(), Secret::new(KEY), "fake").await.unwrap();
    assert_eq!(list.len(), 4);
    assert_eq!((list[0].id.as_str(), list[0].ends.as_deref()), ("fake-chat", Some("2027-01-14")));
    let failure = list_models(&studio.provider.base_url(), None, "fake").await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Auth);
    let failure = list_models(&studio.provider.base_url().replace("/v1", "/v2"), Secret::new(KEY), "fake").await;
    assert_eq!(failure.unwrap_err().kind, FailureKind::Invalid);
}

#[tokio::test]
async fn equal_requests_have_equal_orders_without_key_or_bytes() {
    let studio = studio().await;
    for kind in KINDS {
        let orders = async |name: &str| {
            let (watched, job) = Watched::default().job();
            studio.call(kind, name, job).await.unwrap();
            watched.orders().remove(0)
        };
        let (first, again, other) = (orders("a").await, orders("a").await, orders("b").await);
        assert_eq!(first, again, "{kind:?}");
        assert_ne!(first.request, other.request, "{kind:?}");
        assert!(!format!("{first:?}").contains("planted") && first.request.len() < 1_000, "{first:?}");
        assert!(first.most_micros.unwrap() > 0 && first.provider == "fake", "{first:?}");
    }
}

#[tokio::test]
async fn what_was_taken_is_never_more_than_was_said_before() {
    let studio = studio().await;
    for kind in KINDS {
        let (watched, job) = Watched::default().job();
        studio.call(kind, "The keeper meets a whale at the pier.", job).await.unwrap();
        let (most, took) = (watched.orders()[0].most_micros.unwrap(), watched.replies()[0].usage.micros);
        assert!(took > 0 && took <= most, "{kind:?}: {took} of at most {most}");
    }
}

#[tokio::test]
async fn a_server_that_knows_no_schemas_or_forms_is_asked_another_way() {
    let options = ProviderOptions { takes_schemas: false, takes_forms: false, ..ProviderOptions::quick() };
    let studio = studio_of(options, "").await;
    for name in ["first", "second"] {
        let text = studio.call(Kind::Chat, name, Job::unwatched()).await.unwrap();
        let value: Value = serde_json::from_slice(&text).unwrap();
        assert!(["calm", "stormy"].contains(&value["mood"].as_str().unwrap()), "{value}");
        studio.call(Kind::Video, name, Job::unwatched()).await.unwrap();
    }
    let log = studio.provider.log();
    // It is learned once.
    assert_eq!((log.of(Kind::Chat).count(), log.of(Kind::Video).count()), (3, 3));
}
