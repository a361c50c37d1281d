import Core

/// What a vote needs, and what came of it: how many must come and how many must agree, of how many
/// are entitled. Before a meeting a page says it, after it the page prints the sum.
package struct VoteCount: Sendable, Hashable {
    package enum Base: String, Sendable, CaseIterable { case entitled, present }

    /// Who may vote, those excluded left out.
    package let entitled: Int
    /// What share of them must be there, in a hundred, and whether more than that share.
    package let quorum: Int
    package let isQuorumStrict: Bool
    package let passes: Int
    package let isMajorityStrict: Bool
    package let base: Base
    /// The rules that these were taken from.
    package let rules: [String]

    package init(
        entitled: Int, quorum: Int, isQuorumStrict: Bool, passes: Int, isMajorityStrict: Bool,
        base: Base, rules: [String] = []
    ) {
        self.entitled = entitled
        self.quorum = quorum
        self.isQuorumStrict = isQuorumStrict
        self.passes = passes
        self.isMajorityStrict = isMajorityStrict
        self.base = base
        self.rules = rules
    }

    /// The smallest number that is so large a share of a whole.
    private static func least(_ share: Int, of whole: Int, isStrict: Bool) -> Int {
        isStrict ? whole * share / 100 + 1 : (whole * share + 99) / 100
    }

    /// How many must at least be there. Where it is more than there are, nothing can be decided.
    package var leastPresent: Int {
        max(1, Self.least(quorum, of: entitled, isStrict: isQuorumStrict))
    }

    /// How many must at least agree where so many are there.
    package func leastFor(present: Int) -> Int {
        max(
            1,
            Self.least(
                passes, of: base == .entitled ? entitled : present, isStrict: isMajorityStrict))
    }

    package func hasQuorum(present: Int) -> Bool { present >= leastPresent && present <= entitled }

    package func isCarried(for votes: Int, present: Int) -> Bool {
        votes >= leastFor(present: present)
    }

    /// The sum that was asked of those present: 9/16 > 50%.
    package func quorumSum(present: Int) -> String {
        Self.sum(
            present, of: entitled, quorum, isStrict: isQuorumStrict,
            isSo: present >= leastPresent)
    }

    /// The sum that was asked of those who agreed.
    package func majoritySum(for votes: Int, present: Int) -> String {
        Self.sum(
            votes, of: base == .entitled ? entitled : present, passes, isStrict: isMajorityStrict,
            isSo: isCarried(for: votes, present: present))
    }

    private static func sum(
        _ part: Int, of whole: Int, _ share: Int, isStrict: Bool, isSo: Bool
    ) -> String {
        let sign = isSo ? (isStrict ? ">" : "≥") : (isStrict ? "≤" : "<")
        return "\(part)/\(whole) \(sign) \(share)%"
    }
}

extension VoteCount {
    /// What a record of a vote says under which names: a kind whose step votes has these numbers.
    package enum Number {
        package static let entitled = "entitled"
        package static let excluded = "excluded"
        package static let present = "present"
        package static let issued = "issued"
        package static let returned = "returned"
        package static let votesFor = "for"
        /// Of several who are voted on each, the fewest votes that one who is elected has.
        package static let leastFor = "least_for"
    }

    /// What is wrong with a record of the vote; nil where nothing is.
    func refusal(of record: CaseStep, in step: Procedure.Step) -> CaseRefusal? {
        guard let vote = step.vote, decides(record, vote, step) else { return nil }
        var refusal = roll(record) ?? ballots(record, vote) ?? majority(record, vote)
        refusal?.votes = self
        return refusal
    }

    private func number(_ name: String, _ record: CaseStep) -> Int? {
        record.value(name).flatMap { Int($0) }
    }

    private func roll(_ record: CaseStep) -> CaseRefusal? {
        let found = number(Number.present, record)
        guard let present = found, present > 0, present <= entitled else {
            return CaseRefusal(.roll, about: Number.present, wanted: entitled, found: found)
        }
        guard !hasQuorum(present: present) else { return nil }
        return CaseRefusal(
            .quorum, about: Number.present, rule: rules.first, wanted: leastPresent, found: present)
    }

    /// No more ballots are given out than there are present, none more come back, and none more
    /// agree.
    private func ballots(_ record: CaseStep, _ vote: Procedure.Vote) -> CaseRefusal? {
        var most = number(Number.present, record) ?? 0
        let votes = vote.numberOfVotes
        for name in [Number.issued, Number.returned, votes] {
            let found = number(name, record) ?? (name == votes ? 0 : nil)
            guard let found, found <= most else {
                return CaseRefusal(.ballots, about: name, wanted: most, found: found)
            }
            most = found
        }
        return nil
    }

    private func majority(_ record: CaseStep, _ vote: Procedure.Vote) -> CaseRefusal? {
        let present = number(Number.present, record) ?? 0
        let votes = number(vote.numberOfVotes, record) ?? 0
        let wanted = record.outcome.flatMap { vote.decides[$0] } ?? .carried
        guard isCarried(for: votes, present: present) != (wanted == .carried) else { return nil }
        return CaseRefusal(
            .majority, about: vote.numberOfVotes, rule: rules.last,
            wanted: leastFor(present: present), found: votes)
    }

    /// Whether an outcome says what the vote came to. One that only sends back says nothing of it:
    /// a meeting to which too few came, more ballots than were given out, a second round.
    private func decides(
        _ record: CaseStep, _ vote: Procedure.Vote, _ step: Procedure.Step
    ) -> Bool {
        guard let outcome = record.outcome else { return true }
        if !vote.decides.isEmpty { return vote.decides[outcome] != nil }
        return !step.back.contains { $0.outcome == outcome || $0.outcome == nil }
    }
}

extension Procedure.Vote {
    /// The number of a record that decides.
    package var numberOfVotes: String {
        each == nil ? VoteCount.Number.votesFor : VoteCount.Number.leastFor
    }
}

extension CaseFold {
    /// What a vote on a day needs of those on its frozen list; nil before there is a list.
    ///
    /// - Parameter step: the id of the step that votes.
    package func voteCount(of step: String, on day: Day) -> VoteCount? {
        procedure.step(step)?.vote.flatMap { voteCount($0, on: day) }
    }

    func voteCount(_ vote: Procedure.Vote, on day: Day) -> VoteCount? {
        guard let place = procedure.shape.place[vote.list], marks[place].newest >= 0 else {
            return nil
        }
        let list = records[marks[place].newest]
        func number(_ name: String) -> Int { list.value(name).flatMap { Int($0) } ?? 0 }
        let entitled = number(VoteCount.Number.entitled) - number(VoteCount.Number.excluded)
        let quorum = share(vote.quorum, on: day)
        let passes = share(vote.passes, on: day)
        var base = VoteCount.Base.entitled
        var rules = [quorum.rule, passes.rule].compactMap { $0 }
        switch vote.base {
        case .entitled: break
        case .present: base = .present
        case .rule(let id):
            base = world.rule(id, day)?.word.flatMap(VoteCount.Base.init) ?? .entitled
            rules.append(id)
        }
        return VoteCount(
            entitled: max(0, entitled), quorum: quorum.percent, isQuorumStrict: quorum.isStrict,
            passes: passes.percent, isMajorityStrict: passes.isStrict, base: base, rules: rules)
    }

    private func share(
        _ share: Procedure.Share, on day: Day
    ) -> (percent: Int, isStrict: Bool, rule: String?) {
        // A rule that is not in force asks nothing.
        let (percent, rule) = amount(share.percent, on: day) ?? (0, nil)
        switch share.strict {
        case .moreThan: return (percent, percent > 0, rule)
        case .atLeast: return (percent, false, rule)
        case .rule(let id):
            let isStrict = world.rule(id, day)?.word == Procedure.Share.strictWord
            return (percent, isStrict, rule ?? id)
        }
    }
}

extension Procedure.Share {
    /// The words of strictness, in a definition and as the value of a rule.
    package static let strictWord = "strict"
    package static let atLeastWord = "at_least"
}
