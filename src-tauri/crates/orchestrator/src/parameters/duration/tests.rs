//! What is read as a length, and what is not.

use super::*;

#[test]
fn lengths_are_read_every_way_people_say_them() {
    let check = |text: &str, want: u32| assert_eq!(duration(text), Some(want), "{text}");
    check("Make a 30-second watercolor film", 30);
    check("two mins", 120);
    check("half a minute", 30);
    check("half an hour of rain", 1800);
    check("a minute and a half", 90);
    check("one and a half minutes", 90);
    check("two minutes and a half", 150);
    check("2.5 minutes", 150);
    check("1 minute 20 seconds", 80);
    check("4 minutes 10 on the life of a moth", 250);
    check("20-30 seconds", 25);
    check("anything from 30 seconds to a minute", 45);
    check("four scenes of ten seconds", 40);
    check("half a minute - sorry, forty seconds", 40);
    check("a 90s clip", 90);
    check("a film about bees, 1:30", 90);
    check("a couple of minutes", 120);
    check("under 45 secs", 45);
    check("un minuto y medio", 90);
    check("medio minuto", 30);
    check("30 segundos", 30);
    check("une minute trente", 90);
    check("une trentaine de secondes", 30);
    check("三十秒的视频", 30);
    check("2分钟", 120);
    check("一分半钟", 90);
    check("半分钟的短片", 30);
    check("1分半の動画", 90);
    check("anderthalb Minuten", 90);
    check("ein zweiminütiger Film", 120);
    check("ein 30-Sekunden-Clip", 30);
    check("zweieinhalb Minuten", 150);
    check("a 20 second clip of a man who waits ten minutes for a bus", 20);
}

#[test]
fn what_only_looks_like_a_length_is_none() {
    let check = |text: &str| assert_eq!(duration(text), None, "{text}");
    check("a second whale");
    check("grab them within the first five seconds");
    check("a 12-year-old in 1984");
    check("16:9");
    check("a 90s style diner");
    check("in the 60s");
    check("soda bread: mix it, shape it, bake for 40 minutes");
    check("a pig stopped traffic on the A40 for two hours");
    check("How to patch a bicycle tube in five minutes");
    check("The clockmaker's daughter who stole an hour");
    check("montage of our under 11s football season");
    check("the alarm rings at 7:30 am");
    check("a ten-minute walk to school");
    check("让我十分感动的故事");
    check("60 fps");
}
