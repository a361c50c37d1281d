import Accounts
import Core
import Organization
import Storage
import TestKit
import Testing

@Suite struct OfficeTests {
    @Test(arguments: Engine.available)
    func theSchemaGivesAnOfficerNoRoleNoListAndNoSecondOffice(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.foundSmallDistrict()
            let officer = try await district.account("wei", office: .security)
            let moment = district.district.now()
            let unit = try #require(
                try await district.district.structure().unit(code: "410102", on: moment.day))
            await #expect(throws: DatabaseError.self) {
                try await district.database.write { db in
                    try GrantStore(db).insert(
                        account: officer.id, role: "reader", unit: unit.unit, from: moment.day,
                        until: nil, at: moment, by: TestDistrict.actor)
                }
            }
            await #expect(throws: DatabaseError.self) {
                try await district.database.write { db in
                    _ = try GrantStore(db).list(
                        officer.id, on: "aid_pair", from: moment.day, until: nil, at: moment,
                        by: TestDistrict.actor)
                }
            }
            for change in ["office = 'both'", "holds_office = 0", "office = NULL"] {
                await #expect(throws: DatabaseError.self, "\(change)") {
                    try await district.database.write { db in
                        try db.script(
                            "UPDATE account SET \(change) WHERE id = '\(officer.id)'")
                    }
                }
            }
        }
    }

    /// By whatever door: the page asks the same.
    @Test(arguments: Engine.available)
    func noOfficeIsLeftWithoutAnOfficer(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let accounts = district.accounts
            @Sendable func disable(_ id: Account.ID) async throws {
                try await district.database.write { db in
                    let account = try #require(try AccountStore(db).find(id))
                    try accounts.disable(
                        account, by: .command(), at: TestDistrict.moment, db)
                }
            }
            let first = try await district.member(
                "shen", password: "一句好记的话不难", office: .audit)
            _ = try await district.account("invited", office: .audit)
            await #expect(throws: Refusal.self) { try await disable(first) }
            let isOpen = try await district.database.read { db in
                try AccountStore(db).find(first)?.isDisabled
            }
            #expect(isOpen == false)
            try await district.member("shen2", password: "一句好记的话不难", office: .audit)
            try await disable(first)
            try await disable(first)
            let told = try await district.database.read { db in
                try db.value(
                    "SELECT COUNT(*) FROM audit WHERE action = 'account.disabled'", as: Int.self)
            }
            #expect(told == 1)
        }
    }

    @Test(arguments: Engine.available)
    func anOfficeIsHeldByOneKnownPersonWithNoOtherAccount(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.foundSmallDistrict()
            try await district.accept(
                "人员编号,姓名,单位\nP-1,甲某,410102\nP-2,乙某,410102\n", what: "persons")
            let persons = try await district.database.read { db in
                try ["P-1", "P-2"].compactMap {
                    try PersonStore(db: db).find(number: $0).first?.id
                }
            }
            try #require(persons.count == 2)
            let (first, second) = (persons[0], persons[1])
            func invite(_ name: String, _ person: Person.ID?, _ office: Office?) async throws {
                _ = try await district.accounts.invite(
                    name, name: name, person: person, office: office, by: TestDistrict.actor)
            }
            func insert(_ name: String, _ person: Person.ID?, _ office: Office?) async throws {
                try await district.database.write { db in
                    try AccountStore(db).insert(
                        .make(), signIn: name, name: name, person: person, office: office,
                        isDemonstration: false, at: TestDistrict.moment, by: TestDistrict.actor)
                }
            }
            await #expect(throws: Refusal.self) { try await invite("xi", nil, .system) }
            await #expect(throws: DatabaseError.self) { try await insert("xi", nil, .system) }
            try await invite("xi", first, .system)
            for office in [Office.security, nil] {
                await #expect(throws: Refusal.self) { try await invite("an", first, office) }
                await #expect(throws: DatabaseError.self) { try await insert("an", first, office) }
            }
            try await invite("li", second, nil)
            await #expect(throws: Refusal.self) { try await invite("shen", second, .audit) }
            await #expect(throws: DatabaseError.self) { try await insert("shen", second, .audit) }
            // Nor does an administrator become somebody else, or hold another office.
            let changes: [SQL] = [
                "person_id = NULL", "person_id = \(second)", "office = 'audit'",
                "is_demonstration = 1",
            ]
            for change in changes {
                await #expect(throws: DatabaseError.self) {
                    try await district.database.write { db in
                        try db.execute("UPDATE account SET \(change) WHERE sign_in = 'xi'")
                    }
                }
            }
            let xi = try #require(
                try await district.database.read { try AccountStore($0).find(signIn: "xi") })
            #expect(xi.person == first && xi.office == .system)
        }
    }

    /// Whoever joins: the page and the command go the same way.
    @Test(arguments: Engine.available)
    func noJoinGivesAnAdministratorAnotherAccount(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.foundSmallDistrict()
            try await district.accept(
                "人员编号,姓名,单位\nP-1,甲某,410102\nP-2,甲某,410102\nP-3,甲某,410102\n",
                what: "persons")
            let persons = try await district.database.read { db in
                try ["P-1", "P-2"].compactMap {
                    try PersonStore(db: db).find(number: $0).first?.id
                }
            }
            try #require(persons.count == 2)
            _ = try await district.account("xi", office: .system, person: persons[0])
            _ = try await district.account("li", person: persons[1])
            func join(_ number: String, into other: String) async throws {
                _ = try await district.district.join(
                    number, into: other, on: TestDistrict.moment.day, by: TestDistrict.actor)
            }
            await #expect(throws: Refusal.self) { try await join("P-2", into: "P-1") }
            await #expect(throws: Refusal.self) { try await join("P-1", into: "P-2") }
            try await join("P-3", into: "P-1")
            await #expect(throws: Refusal.self) { try await join("P-2", into: "P-1") }
            let joins = try await district.database.read { db in
                try db.value("SELECT COUNT(*) FROM person_join", as: Int.self)
            }
            #expect(joins == 1)
        }
    }

    @Test(arguments: Engine.available)
    func anAdministratorOfBeforeKeepsHisOfficeAndIsLinkedOnce(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.foundSmallDistrict()
            try await district.accept(
                "人员编号,姓名,单位\nP-1,甲某,410102\nP-2,乙某,410102\n", what: "persons")
            let old = try await district.account("xi", office: .system)
            let accounts = district.accounts
            func link(_ number: String) async throws {
                try await district.database.write { db in
                    let account = try #require(try AccountStore(db).find(old.id))
                    let person = try PersonStore(db: db).find(number: number).first?.id
                    try accounts.setPerson(person, of: account, by: TestDistrict.actor, db)
                }
            }
            try await link("P-1")
            await #expect(throws: Refusal.self) { try await link("P-2") }
        }
    }

    @Test(arguments: Engine.available)
    func anOfficeGivesItsOwnRightAndNoOther(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            for office in Office.allCases {
                let one = try await district.account("of-\(office.rawValue)", office: office)
                let access = try await district.access(of: one.id)
                #expect(access.holdings.map(\.right) == [office.right])
                #expect(access.units(.read).isEmpty)
            }
        }
    }

    @Test(arguments: Engine.available)
    func rightsFollowGrantsByTheirDaysAndEndAtOnce(on engine: Engine) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { district in
            try await district.foundSmallDistrict()
            let li = try await district.account("li")
            let day = clock.moment.day
            let unit = try #require(
                try await district.district.structure().unit(code: "410102001", on: day))
            #expect(try await district.access(of: li.id).holdings.isEmpty)
            let id = Grant.ID.make()
            let moment = clock.moment
            try await district.database.write { db in
                try GrantStore(db).insert(
                    id, account: li.id, role: "street_staff", unit: unit.unit, from: day + 1,
                    until: day + 3, at: moment, by: TestDistrict.actor)
            }
            var held: [Bool] = []
            for _ in 0..<4 {
                held.append(try await district.access(of: li.id).may(.write))
                clock.advance(86_400_000)
            }
            #expect(held == [false, true, true, false])
            let again = Grant.ID.make()
            let later = clock.moment
            try await district.database.write { db in
                try GrantStore(db).insert(
                    again, account: li.id, role: "street_staff", unit: unit.unit, from: later.day,
                    until: nil, at: later, by: TestDistrict.actor)
            }
            #expect(try await district.access(of: li.id).units(.write) == [unit.unit])
            #expect(
                try await district.database.write { db in
                    try GrantStore(db).end(again, at: later, by: TestDistrict.actor)
                })
            #expect(try await district.access(of: li.id).holdings.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func aPostInForceTodayBringsItsRole(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.foundSmallDistrict()
            try await district.accept(
                "人员编号,姓名,单位\nP-1,甲某,410102001001\n", what: "persons")
            let person = try #require(
                try await district.database.read { db in
                    try PersonStore(db: db).find(number: "P-1").first?.id
                })
            let li = try await district.account("li", person: person)
            #expect(try await district.access(of: li.id).holdings.isEmpty)
            try await district.accept(
                """
                日期,截止日期,单位,职务,任职人
                2015-01-01,2015-06-29,410102001002,社区党委（总支）书记,P-1
                2015-06-01,,410102001001,社区党委（总支）书记,P-1
                """, what: "post")
            let access = try await district.access(of: li.id)
            let unit = try #require(
                try await district.district.structure()
                    .unit(code: "410102001001", on: TestDistrict.moment.day))
            #expect(access.units(.confirm) == [unit.unit])
        }
    }
}
