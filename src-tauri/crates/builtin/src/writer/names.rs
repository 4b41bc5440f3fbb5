//! A few given names and the gender they usually go with.

use story::Gender;

const SHE: &str = "anna emma mia sofia sophia olivia ava lily lucy alice clara maria maya mara nora ella ruby rosa lena lina hana yuki mei ling amelie chloe camille carmen lucia elena ines heidi greta frida marie julia laura sarah eva zoe amara ada aisha fatima priya ingrid zara grace ivy jane kate mary nina sara tara joyce ilse rosalind clementine nell prue hannah joan beth emily sophie olivia isabel daisy molly ellie freya martha edith agnes nancy doris elsie maeve nora niamh anika leila yasmin zainab amina keiko sakura mai linh rania samira elif ayse olga irina katya svetlana tatiana ana beatriz paula marta sofia giulia chiara francesca elisa petra ursula gisela anke margot celeste colette manon lea ines camila valentina gabriela renata luz pilar dolores esther naomi miriam ruth deborah rachel rebecca leah hazel ivy willow";
const HE: &str = "tom tim ben sam max leo jack john james oliver noah liam theo hugo otto karl hans peter paul pablo diego mateo luis carlos pierre jean louis kenji hiro taro wei ming omar ali david daniel adam alex finn henry oscar felix anton george william michael jonas lukas emil dario theo stanley tomas joe bob bill fred frank harry charlie archie alfie toby luke mark matthew simon peter pedro juan javier miguel rafael andres fernando marco matteo luca giovanni paolo antonio stefan jan klaus dieter hamid hassan ahmed mohammed ibrahim yusuf raj arjun vikram sanjay anil haruto yuto satoshi kenta minh duc ivan dmitri boris sergei nikolai pavel oleg igor walter albert ernest arthur edgar stanley norman gordon duncan callum angus sean patrick liam finn rory declan samuel benjamin nathan isaac jacob joshua caleb elijah zach kyle ryan tyler dylan jason brian kevin eric steve gary trevor nigel graham";

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
