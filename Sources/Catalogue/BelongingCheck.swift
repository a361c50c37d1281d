extension Catalogue {
    /// What a kind says it belongs to is there and names the same; and what is kept from the end of
    /// something says of what. An event has no end of its own: it would be kept from its own day,
    /// and go while what it belongs to still runs.
    func checkBelonging(_ kind: Kind, _ faults: FaultList) {
        func fault(_ sentence: String) { faults.add(kind.file, kind.line, sentence) }
        if let belonging = kind.belonging {
            if let whole = kinds[belonging.kind] {
                for one in [kind, whole] where !one.names(belonging.by) {
                    fault(
                        "“belongs_to” of “\(kind.id)” goes by “\(belonging.by)”, neither a role "
                            + "nor a subject of “\(one.id)”")
                }
            } else {
                fault("“\(kind.id)” belongs to the unknown kind “\(belonging.kind)”")
            }
        }
        let hasEnd =
            kind.shape == .standing
            || kind.belonging.flatMap { kinds[$0.kind] }?.shape == .standing
        guard !hasEnd else { return }
        for entry in Set(kind.persons.map(\.register) + kind.privateEntries).sorted() {
            guard case .days(_, .ended) = register[entry]?.keeping else { continue }
            fault(
                "“\(kind.id)” is an event, and its entry “\(entry)” is kept from an end: say with "
                    + "“belongs_to” of which standing kind, or take an entry that is kept from the "
                    + "day")
        }
    }
}

extension Kind {
    fileprivate func names(_ holder: String) -> Bool {
        persons.contains { $0.id == holder } || subjects.contains { $0.id == holder }
    }
}
