import Storage
import Testing

struct LocationTests {
    @Test func anAddressNamesItsEngine() throws {
        #expect(try Location(databaseURL: "sqlite:///srv/district.sqlite").dialect == .sqlite)
        #expect(
            try Location(databaseURL: "postgres://u@db/city?sslmode=require&schema=east").dialect
                == .postgres)
        #expect(try Location(databaseURL: "postgresql:///city").dialect == .postgres)
    }

    @Test(
        arguments: [
            "mysql://u:secret@db/x", "sqlite://relative", "", "postgres://db/x?schema=Big-Name",
            "postgres://u:secret@db/x?schema=",
        ])
    func anAddressOfAnotherKindIsRefusedWithoutRepeatingIt(address: String) {
        let error = #expect(throws: DatabaseError.self) { try Location(databaseURL: address) }
        #expect(!"\(error, default: "")".contains("secret"))
    }
}
