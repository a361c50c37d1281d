/// How large a figure has to be for a sentence to be told: one says what went well, another what
/// has to become better, and the records decide which of them a report prints.
package struct SentenceCondition: Sendable, Codable {
    /// The figure that decides, as a slot is written; nil is the first that the sentence prints.
    package let of: String?
    /// Told only from this number on.
    package let from: Int?
    /// Told only below this number.
    package let below: Int?

    package init(of: String?, from: Int?, below: Int?) {
        self.of = of
        self.from = from
        self.below = below
    }

    package var slot: Slot? { of.flatMap { Slot($0[...]) } }

    var parts: [String] { [of ?? "", from.map(String.init) ?? "", below.map(String.init) ?? ""] }

    /// - Parameter slots: those of the sentence. A figure without a value decides nothing, and the
    ///   sentence is left out, as it is where the reader may not know the number.
    func holds(_ slots: [Slot], _ pins: [String: Pin], hidden: Set<String>) -> Bool {
        guard let key = (slot ?? slots.first)?.key, let pin = pins[key], pin.answer.hasValue,
            !hidden.contains(key)
        else { return false }
        let value = pin.answer.numerator * (pin.isShare ? 100 : 1)
        if let from, value < from * pin.answer.denominator { return false }
        if let below, value >= below * pin.answer.denominator { return false }
        return true
    }
}

extension Pin {
    /// Whether it prints in hundredths.
    var isShare: Bool { zh.hasSuffix("%") }
}
