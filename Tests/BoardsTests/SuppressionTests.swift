import Figures
import TestKit
import Testing

@Suite struct SuppressionTests {
    @Test func nothingIsHiddenWhereNothingIsSmall() {
        #expect(Suppression.disclose([0, 5, 90, 0]) == [.open, .open, .open, .open])
        #expect(Suppression.disclose([]) == [])
    }

    @Test func aLoneSmallNumberTakesAnotherWithIt() {
        let told = Suppression.disclose([3, 40, 12, 0])
        #expect(told[0] == .small)
        #expect(told.filter { $0 == .withheld }.count >= 1)
        #expect(told[3] == .open, "a zero tells nothing about anybody")
    }

    @Test func manySmallNumbersHideEachOther() {
        #expect(Suppression.disclose([1, 4, 2, 3, 50]) == [.small, .small, .small, .small, .open])
    }

    /// With two ones, their sum of 2 tells both.
    @Test func smallNumbersWhoseSumTellsThemAreNotEnough() {
        #expect(Suppression.disclose([1, 1, 60, 80]).contains(.withheld))
        #expect(Suppression.disclose([4, 4, 60, 80]).contains(.withheld))
    }

    @Test func whereNothingIsEnoughEverythingIsWithheld() {
        #expect(Suppression.disclose([1, 5]) == [.withheld, .withheld])
        #expect(Suppression.disclose([2]) == [.withheld])
        #expect(Suppression.disclose([2, 0, 0]) == [.withheld, .withheld, .withheld])
    }

    /// Whoever knows the total, the open numbers and these rules tries every way to fill in what
    /// is hidden: each small number must come out as 1, 2, 3 and 4.
    @Test func noSmallNumberCanBeComputedFromTheTotal() {
        var generator = Dice(seed: 7)
        for _ in 0..<3_000 {
            let parts = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
                Int.random(in: 0...1, using: &generator) == 0
                    ? Int.random(in: 0...6, using: &generator)
                    : Int.random(in: 0...40, using: &generator)
            }
            let told = Suppression.disclose(parts)
            #expect(told.count == parts.count)
            for (part, told) in zip(parts, told) where Suppression.isSmall(part) {
                #expect(told != .open)
            }
            for place in told.indices where told[place] == .small {
                #expect(possible(place, parts, told) == [1, 2, 3, 4], "\(parts)")
            }
        }
    }

    /// What the part at a place could be, for a reader of everything that is public.
    private func possible(_ place: Int, _ parts: [Int], _ told: [Disclosure]) -> [Int] {
        let hidden = parts.indices.filter { told[$0] != .open }
        let open = parts.indices.filter { told[$0] == .open && parts[$0] > 0 }.map { parts[$0] }
        // The smallest are withheld first, so none is larger than the smallest that is open.
        let ceiling = open.min() ?? 1_000
        let sum = hidden.reduce(0) { $0 + parts[$1] }
        let others = hidden.filter { $0 != place }
        let least = others.reduce(0) { $0 + (told[$1] == .small ? 1 : 5) }
        let most = others.reduce(0) { $0 + (told[$1] == .small ? 4 : ceiling) }
        return (1...4).filter { (least...max(least, most)).contains(sum - $0) }
    }
}
