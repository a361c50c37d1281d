import Core

extension Procedure.Effect {
    init(_ mapping: Mapping, _ names: Set<String>) {
        outcome = mapping.text("if")
        with = mapping.text("with").flatMap { text in
            let reference = Procedure.StepReference(text)
            if reference == nil { mapping.fault("“\(text)” is no step", at: "with") }
            return reference
        }
        var acts: [Act] = []
        if let kind = mapping.text("ends") { acts.append(.ends(kind: kind)) }
        if let kind = mapping.text("starts") { acts.append(.starts(kind: kind)) }
        if let kind = mapping.text("moves") { acts.append(.moves(kind: kind)) }
        if let id = mapping.text("opens") { acts.append(.opens(procedure: id)) }
        if mapping.flag("reorganizes") { acts.append(.reorganizes) }
        self.acts = acts
        if acts.isEmpty {
            mapping.fault(
                "an effect without an inverse: it is starts, ends, moves, opens or reorganizes")
        }
        let of = mapping.text("of")
        self.of = of.flatMap(Procedure.FieldReference.init)
        role = self.of == nil ? of : nil
        isEach = mapping.says("each", "person")
        var fields: [String: String] = [:]
        if let values = mapping.mapping("fields") {
            for key in values.keys { fields[key] = values.requiredText(key) }
        }
        self.fields = fields
        to = mapping.text("to").flatMap { Procedure.Step.unit($0, mapping, "to", names) }
        from = mapping.text("from")
        mapping.close()
    }
}
