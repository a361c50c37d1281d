import Catalogue
import Core
import Web

/// What a vote needs before it is taken, or how it came out, counted in the open.
struct VoteLine: Sendable {
    let voteName: String
    let voteTag: String
    let voteStyle: String
    /// How many must come and agree, or how many did.
    let voteSum: String
    let voteRule: String?
    let voteRuleHref: String?
}

extension CaseSays {
    /// How many must come to a vote and agree, once the list of the entitled is fixed.
    func voteBefore(_ id: String) -> VoteLine? {
        guard let count = fold.voteCount(of: id, on: today) else { return nil }
        let needed =
            count.base == .entitled
            ? words[
                "case_vote_agree",
                ["count": count.leastFor(present: count.entitled).grouped]]
            : words[
                "case_vote_agree_present",
                ["share": sharesWords(count.passes, isStrict: count.isMajorityStrict)]]
        let sum = words[
            "case_vote_before",
            ["entitled": count.entitled.grouped, "quorum": count.leastPresent.grouped]]
        return line(
            id, words["case_vote_tag"], "tag-blue", sum + needed + words["case_stop"], count)
    }

    /// How a vote came out: who was entitled, who came, who agreed, and what was needed.
    func voteAfter(_ step: CaseStep) -> VoteLine? {
        guard let vote = procedure.step(step.step)?.vote,
            let count = fold.voteCount(of: step.step, on: step.at.day),
            let present = number(VoteCount.Number.present, in: step),
            let votes = number(
                vote.each == nil ? VoteCount.Number.votesFor : VoteCount.Number.leastFor, in: step)
        else { return nil }
        let values = [
            "entitled": count.entitled.grouped, "present": present.grouped,
            "quorum": count.leastPresent.grouped, "agreed": votes.grouped,
            "needed": count.leastFor(present: present).grouped,
            "quorumSum": count.quorumSum(present: present),
            "sum": count.majoritySum(for: votes, present: present),
            "outcome": step.outcome.map { outcome($0, of: step.step) } ?? "",
        ]
        return line(
            step.step, words["case_vote_done"], "tag-good", words["case_vote_after", values], count)
    }

    private func number(_ name: String, in step: CaseStep) -> Int? {
        step.values[name].flatMap { Int($0) }
    }

    /// More than half, at least two thirds: a share as it is asked for.
    private func sharesWords(_ percent: Int, isStrict: Bool) -> String {
        words[isStrict ? "case_share_more" : "case_share_least", ["share": String(percent)]]
    }

    private func line(
        _ id: String, _ tag: String, _ style: String, _ sum: String, _ count: VoteCount
    ) -> VoteLine {
        let rule = count.rules.first.flatMap { self.rule($0, on: today) }
        return VoteLine(
            voteName: name(id), voteTag: tag, voteStyle: style, voteSum: sum,
            voteRule: rule.map(source), voteRuleHref: rule.map(href))
    }
}
