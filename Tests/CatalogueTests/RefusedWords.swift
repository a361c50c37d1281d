import Catalogue
import Core

/// The words of data that a district never keeps about a person, looked for in what a kind is
/// called and in everything an entry of it can say.
enum RefusedWords {
    /// Whole words of an id, as they stand between underscores.
    private static let ids: Set<String> = [
        "religion", "religious", "belief", "faith", "ethnicity", "ethnic", "biometric", "face",
        "facial", "fingerprint", "iris", "voiceprint", "dna", "patient", "diagnosis", "disease",
        "illness", "medical", "disability", "drug", "pregnancy", "fertility", "gps", "track",
        "tracks", "trajectory", "location", "whereabouts", "crime", "criminal", "conviction",
        "offender", "petition", "petitioner", "loyalty_score", "points", "score", "checkin",
    ]
    private static let pairs = ["key_person", "family_planning", "birth_control", "id_number"]
    private static let labels = [
        "宗教", "信仰", "民族", "人脸", "指纹", "虹膜", "声纹", "生物识别", "病史", "病历", "疾病", "诊断",
        "健康状况", "残疾", "吸毒", "轨迹", "定位", "行踪", "犯罪", "前科", "刑满", "信访", "上访", "计划生育",
        "孕", "重点人员", "身份证", "积分",
    ]
    /// Words that may name an event held for everybody, but nothing that is said of a person.
    private static let idsOfParts: Set<String> = ["health"]

    static func found(in catalogue: Catalogue) -> [String] {
        catalogue.kinds.values.sorted { $0.id < $1.id }.flatMap { kind in
            hits(kind.id, kind.id, kind.name, ids)
                + kind.parts.flatMap {
                    hits("\(kind.id).\($0.id)", $0.id, $0.label, ids.union(idsOfParts))
                }
        }
    }

    private static func hits(
        _ place: String, _ id: String, _ label: Wording, _ refused: Set<String>
    ) -> [String] {
        let words = id.split(separator: "_").map(String.init)
        let isRefused =
            words.contains(where: refused.contains) || pairs.contains(where: id.contains)
        return (isRefused ? ["\(place): \(id)"] : [])
            + labels.filter { label.zh.contains($0) }.map { "\(place): \($0)" }
    }
}

extension Kind {
    /// Everything that an entry of the kind can say, options included.
    var parts: [(id: String, label: Wording)] {
        measures.map { ($0.id, $0.label) }
            + fields.flatMap { field in
                [(field.id, field.label)] + field.options.map { ($0.id, $0.name) }
            }
            + persons.map { ($0.id, $0.label) } + subjects.map { ($0.id, $0.label) }
            + privates.map { ($0.id, $0.label) }
    }
}
