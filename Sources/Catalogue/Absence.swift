/// What a district says it does without, in its own `without.yaml`: themes with all their figures,
/// single figures, dues, and kinds with all that is counted of them and owed in them. What is not
/// there is on no page and in no list.
struct Absence {
    let themes: [String]
    let indicators: [String]
    let dues: [String]
    let kinds: [String]

    init(_ mapping: Mapping) {
        themes = mapping.words("themes")
        indicators = mapping.words("indicators")
        dues = mapping.words("dues")
        kinds = mapping.words("kinds")
        mapping.close()
    }
}
