import Catalogue
import Core
import Web

/// What happened in a case, in sentences, the newest first.
struct StoryLine: Sendable {
    let style: String
    let what: String
    let whenAndWho: String
    /// Whether it was in time, and what it was judged by.
    let judged: String?
    let href: String?
    /// Its files of evidence.
    var files: Listed<Link>?

    init(
        _ style: String, _ what: String, _ whenAndWho: String, judged: String? = nil,
        href: String? = nil
    ) {
        self.style = style
        self.what = what
        self.whenAndWho = whenAndWho
        self.judged = judged
        self.href = href
    }
}

extension CaseSays {
    /// One step of the story.
    ///
    /// - Parameters:
    ///   - number: which time it was done, of a step that is done again.
    ///   - who: how the page calls whoever wrote it; nil where the reader may not know.
    func story(
        _ step: CaseStep, time number: Int, by who: String?, at href: String?
    ) -> StoryLine {
        let what = step.outcome.map {
            words[
                "case_step_outcome",
                ["step": name(step.step), "outcome": outcome($0, of: step.step)]]
        }
        let named = what ?? name(step.step)
        let again = words["case_story_again", ["step": named, "time": "\(number)"]]
        let text = number > 1 ? again : named
        return StoryLine(
            isBack(step) ? "story-back" : "story-done", text,
            [time(step.at), who].compactMap { $0 }.joined(separator: words["case_gap"]),
            judged: step.judged.flatMap(judged), href: href)
    }

    /// Whether an outcome began a new round of an earlier step.
    func isBack(_ step: CaseStep) -> Bool {
        procedure.step(step.step)?.back.contains {
            $0.outcome == nil || $0.outcome == step.outcome
        } ?? false
    }

    /// Whether it was in time, as it was judged when it was written.
    func judged(_ judgment: CaseJudgment) -> String? {
        var parts: [String] = []
        if judgment.late > 0 {
            parts.append(words["case_judged_late", ["time": stretch(minutes: judgment.late)]])
        } else if judgment.due != nil {
            parts.append(words["case_judged_in_time"])
        }
        if judgment.held >= 1_440 {
            parts.append(words["case_judged_held", ["time": stretch(minutes: judgment.held)]])
        }
        if judgment.paused > 0 {
            parts.append(words["case_judged_paused", ["time": stretch(minutes: judgment.paused)]])
        }
        return parts.isEmpty ? nil : parts.joined(separator: words["case_clause"])
    }
}

/// How long everybody had a case, and what was done twice.
struct HolderClocks: Sendable {
    let rows: [Row]
    /// What steps cost that had to be done anew; nil where nothing had.
    let redone: String?

    struct Row: Sendable {
        let holder: String
        let had: String
    }

    /// What one holder did or owes.
    struct Share: Sendable {
        let holder: String
        let minutes: Int
        let isOpen: Bool
        /// Whether it stands in an earlier round.
        let isOld: Bool
    }

    init(_ shares: [Share], _ says: CaseSays) {
        let words = says.words
        var order: [String] = []
        var sums: [String: (minutes: Int, isOpen: Bool)] = [:]
        for share in shares {
            if sums[share.holder] == nil { order.append(share.holder) }
            var sum = sums[share.holder] ?? (0, false)
            sum.minutes += share.minutes
            sum.isOpen = sum.isOpen || share.isOpen
            sums[share.holder] = sum
        }
        rows = order.map { holder in
            let sum = sums[holder] ?? (0, false)
            let had = says.stretch(minutes: sum.minutes)
            return Row(
                holder: holder,
                had: sum.isOpen ? words["case_clock_open", ["time": had]] : had)
        }
        let old = shares.filter(\.isOld)
        redone =
            old.isEmpty
            ? nil
            : words[
                "case_clock_refused",
                [
                    "count": says.counted(old.count, "case_time"),
                    "time": says.stretch(minutes: old.map(\.minutes).reduce(0, +)),
                ]]
    }
}
