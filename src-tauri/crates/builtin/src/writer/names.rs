//! A few given names and the gender they usually go with.

use story::Gender;

const SHE: &str = "anna emma mia sofia sophia olivia ava lily lucy alice clara maria maya mara nora ella ruby rosa lena lina hana yuki mei ling amelie chloe camille carmen lucia elena ines heidi greta frida marie julia laura sarah eva zoe amara ada aisha fatima priya ingrid zara grace ivy jane kate mary nina sara tara";
const HE: &str = "tom tim ben sam max leo jack john james oliver noah liam theo hugo otto karl hans peter paul pablo diego mateo luis carlos pierre jean louis kenji hiro taro wei ming omar ali david daniel adam alex finn henry oscar felix anton george william michael jonas lukas emil";

/// The gender of a given name, if it is known.
pub(super) fn gender(name: &str) -> Option<Gender> {
    let name = name.to_lowercase();
    let known = |list: &str| list.split(' ').any(|n| n == name);
    if known(SHE) {
        Some(Gender::Female)
    } else if known(HE) {
        Some(Gender::Male)
    } else {
        None
    }
}
