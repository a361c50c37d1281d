import Catalogue
import Core
import Ledger

/// Why a step is refused, in words.
struct RefusalWords {
    let catalogue: Catalogue
    let procedure: Procedure
    let kind: Kind

    /// A fault beside the field it is about.
    func fault(_ refusal: CaseRefusal, on day: Day) -> Fault {
        let words = words(refusal, on: day)
        guard let heading = heading(refusal) else {
            return Fault(
                Wording(zh: "步骤", en: "Step"), at: Heading.day.name, zh: words.zh, en: words.en)
        }
        return Fault(kind.label(heading), at: heading.name, zh: words.zh, en: words.en)
    }

    private func heading(_ refusal: CaseRefusal) -> Heading? {
        guard let about = refusal.about else { return nil }
        if kind.field(about) != nil { return .field(about) }
        if let measure = kind.measure(about) { return .measure(measure.index - 1) }
        if kind.persons.contains(where: { $0.id == about }) { return .person(about) }
        if kind.privates.contains(where: { $0.id == about }) { return .privateValue(about) }
        return nil
    }

    func words(_ refusal: CaseRefusal, on day: Day) -> Wording {
        let about = called(refusal.about)
        let rule = refusal.rule.flatMap { catalogue.rule($0, on: day) }
        let because = rule.map {
            Wording(
                zh: "（\($0.name.zh)：\($0.written.zh)）", en: " (\($0.name.en): \($0.written.en))")
        }
        let counts = numbers(refusal)
        let (zh, en) = sentence(refusal, about)
        return Wording(
            zh: zh + counts.zh + (because?.zh ?? "") + "。",
            en: en + counts.en + (because?.en ?? "") + ".")
    }

    private func numbers(_ refusal: CaseRefusal) -> Wording {
        guard let wanted = refusal.wanted else { return Wording(zh: "", en: "") }
        guard let found = refusal.found else {
            return Wording(zh: "，须达到\(wanted)", en: ": \(wanted) are needed")
        }
        return Wording(
            zh: "，须达到\(wanted)，现为\(found)", en: ": \(wanted) are needed, there are \(found)")
    }

    private func sentence(_ refusal: CaseRefusal, _ about: Wording) -> (String, String) {
        let earliest = refusal.earliest.map { "\($0.day)" }
        return switch refusal.because {
        case .order: ("现在还轮不到这一步\(about.zh)", "It is not this step's turn\(about.en)")
        case .lapsed: ("这一步已经逾期失效", "The time for this step is over")
        case .notBefore:
            (
                "还不到时间" + (earliest.map { "，最早\($0)" } ?? ""),
                "It is too early" + (earliest.map { ": \($0) at the earliest" } ?? "")
            )
        case .lasts:
            (
                "持续时间不够" + (earliest.map { "，须到\($0)" } ?? ""),
                "It has not lasted long enough" + (earliest.map { ": until \($0)" } ?? "")
            )
        case .needs: ("条件不具备\(about.zh)", "Something is missing\(about.en)")
        case .times: ("已经到了次数上限", "It has been done as often as it may be")
        case .quorum: ("到会人数不够", "Too few are present")
        case .ballots: ("票数对不上", "The votes do not add up")
        case .majority: ("结果与得票不符", "The outcome is not what the votes say")
        case .roll: ("与名册不符", "It is not what the list of the entitled says")
        case .ended: ("这件办件已经办结", "The case has ended")
        }
    }

    /// What it is about, behind a colon.
    private func called(_ about: String?) -> Wording {
        guard let about else { return Wording(zh: "", en: "") }
        let name =
            procedure.step(about).flatMap { catalogue.kinds[$0.kind]?.name }
            ?? kind.field(about)?.label ?? kind.persons.first { $0.id == about }?.label
            ?? Wording(zh: about, en: about)
        return Wording(zh: "：\(name.zh)", en: ": \(name.en)")
    }
}
