import Core

extension Procedure.Vote {
    init(_ mapping: Mapping) {
        list = mapping.requiredText("list")
        let quorum = mapping.mapping("quorum", required: true)
        let passes = mapping.mapping("passes", required: true)
        self.quorum = Procedure.Share(quorum)
        self.passes = Procedure.Share(passes)
        switch passes?.requiredText("of") {
        case "entitled", nil: base = .entitled
        case "present": base = .present
        case .some(let text):
            if ruleID(text) == nil {
                passes?.fault("“of” is entitled, present or rule(id)", at: "of")
            }
            base = ruleID(text).map(Base.rule) ?? .entitled
        }
        each = passes?.text("each")
        quorum?.close()
        passes?.close()
        isSecret = mapping.flag("secret")
        isOneByOne = mapping.flag("one_by_one")
        hasWriteIn = mapping.flag("write_in")
        var decides: [String: Decision] = [:]
        if let outcomes = mapping.mapping("decides") {
            for outcome in outcomes.keys {
                decides[outcome] = Decision(rawValue: outcomes.requiredText(outcome))
                if decides[outcome] == nil {
                    outcomes.fault("an outcome is carried or lost", at: outcome)
                }
            }
        }
        self.decides = decides
        mapping.close()
    }
}

extension Procedure.Share {
    fileprivate init(_ mapping: Mapping?) {
        percent = mapping?.amount("share") ?? .number(50)
        if mapping?.has("share") == false { mapping?.fault("“share” is missing") }
        switch mapping?.text("strict") {
        case "strict": strict = .moreThan
        case "at_least", nil: strict = .atLeast
        case .some(let text):
            if ruleID(text) == nil {
                mapping?.fault("“strict” is strict, at_least or rule(id)", at: "strict")
            }
            strict = ruleID(text).map(Strictness.rule) ?? .atLeast
        }
    }
}
