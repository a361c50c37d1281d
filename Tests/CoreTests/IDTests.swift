import Core
import Storage
import Testing

@Suite struct IDTests {
    private enum Thing {}

    @Test(arguments: [
        "", "x", "01jd3m5x7v9a0bcdefghjkmnp", "01jd3m5x7v9a0bcdefghjkmnpqr",
        "01JD3M5X7V9A0BCDEFGHJKMNPQ", "01jd3m5x7v9a0bcdefghjkmnpi", "01jd3m5x7v9a0bcdefghjkmnpl",
        "01jd3m5x7v9a0bcdefghjkmnpo", "01jd3m5x7v9a0bcdefghjkmnpu", "01jd3m5x7v9a0bcdefghjkmn p",
        "01jd3m5x7v9a0bcdefghjkmnp\u{0}", "01jd3m5x7v9a0bcdefghjkmn-1",
        "'; DROP TABLE record; --ab",
        "中文中文中文中文中文中文中文中文中文中文中文中文中文", "01jd3m5x7v9a0bcdefghjkmné",
    ])
    func anotherTextIsNoIdentity(_ text: String) {
        #expect(ID<Thing>(text) == nil)
    }

    @Test func anIdentityIsReadBackAndStored() throws {
        let id = try #require(ID<Thing>("01jd3m5x7v9a0bcdefghjkmnpq"))
        #expect(id.description == "01jd3m5x7v9a0bcdefghjkmnpq")
        #expect(try ID<Thing>(storageValue: id.storageValue) == id)
        let made = ID<Thing>.make()
        #expect(ID(made.text) == made)
    }

    @Test func noTwoAreAlike() {
        #expect(Set((0..<10_000).map { _ in ID<Thing>.make() }).count == 10_000)
    }

    @Test func thoseOfALaterMomentSortBehind() {
        let earlier = (0..<100).map { _ in ID<Thing>.make() }
        // The clock only has to have gone on; how long that takes is not asked.
        let moment = Moment.now()
        while Moment.now() <= moment {}
        let later = (0..<100).map { _ in ID<Thing>.make() }
        #expect(later.allSatisfy { one in earlier.allSatisfy { $0 < one } })
    }
}
