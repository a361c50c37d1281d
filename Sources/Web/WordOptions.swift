extension Words {
    /// The choices of a field, each under its word: `right_copy` for `copy`.
    ///
    /// - Parameter none: the word of the empty choice; nil where there is none.
    package func options<Choice: RawRepresentable>(
        _ choices: [Choice], _ prefix: String, none: String? = nil
    ) -> [(value: String, label: String)] where Choice.RawValue == String {
        (none.map { [(value: "", label: self[$0])] } ?? [])
            + choices.map { (value: $0.rawValue, label: self["\(prefix)_\($0.rawValue)"]) }
    }
}
