import Catalogue
import Core
import Web

/// A stored measure as people write it: 125 dm² as 1.25平方米.
package struct Amount {
    private let value: Int
    private let unit: MeasureUnit

    package init(value: Int, unit: MeasureUnit) {
        self.value = value
        self.unit = unit
    }

    /// The number alone, thousands apart, with as many decimals as it needs.
    package var number: String {
        value.decimal(per: unit.written.factor / unit.factor, \.grouped)
    }

    /// - Parameter counter: what it counts, where its kind says so.
    package func text(_ language: Language, _ counter: Wording? = nil) -> String {
        let name = (counter ?? unit.written.name)[language]
        return language == .zh ? number + name : number + " " + name
    }
}

extension Catalogue {
    /// The unit of what an indicator adds up or compares, in its records.
    func measureUnit(of indicator: Indicator) -> MeasureUnit? {
        let kind = indicator.kind.flatMap { kinds[$0] }
        switch indicator.value {
        case .sum(let id), .max(let id): return kind?.measure(id)?.measure.unit
        case .pick(let pick):
            if case .largest(let id) = pick.order { return kind?.measure(id)?.measure.unit }
            return nil
        default: return nil
        }
    }
}
