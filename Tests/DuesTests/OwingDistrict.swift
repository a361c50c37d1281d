import Foundation
import HummingbirdTesting
import TestKit
import Testing

/// The small district on 1 July 2015, a Wednesday, with some of what its branches owe done.
enum OwingDistrict {
    /// Branch 1 met in the second quarter; branch 2 did not, and met on the first day of the third.
    static let meetings = """
        编号,日期,单位,会议类别,应到人数,实到人数
        M-1,2015-04-10,EDU-1,党员大会,10,9
        M-2,2015-06-12,EDU-1,支部委员会会议,3,3
        M-3,2015-07-01,EDU-2,党员大会,8,8
        M-4,2015-02-10,EDU-1,党员大会,10,9
        M-5,2015-02-11,EDU-2,党员大会,8,7
        M-6,2015-02-12,DW-1,党员大会,8,7
        M-7,2015-05-12,DW-1,支部委员会会议,3,3
        """

    static let committees = "编号,起始日期,单位,委员人数\nC-1,2015-01-05,EDU-1,3\n"

    /// In the week before: three hours in branch 1, less in branch 2.
    static let studies = """
        编号,日期,单位,时长,学习形式
        S-1,2015-06-23,EDU-1,90,党支部学习
        S-2,2015-06-25,EDU-1,90,党支部学习
        S-3,2015-06-24,EDU-2,100,党支部学习
        """

    static let persons = "人员编号,姓名,单位\nT-1,王试甲,410102001\nT-2,李试乙,410102001\n"

    /// One post that was given until the end of August, one until the end of the year.
    static let posts = """
        编号,起始日期,截止日期,单位,职务,任职人
        P-1,2014-01-01,2015-08-31,410102001,街道班子成员,T-1
        P-2,2014-01-01,2015-12-31,410102001,街道工作人员,T-2
        """

    static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (TestDistrict, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, example: true) { test in
            try await test.foundSmallDistrict()
            try await test.accept(persons, what: "persons")
            try await test.accept(meetings, what: "branch_meeting")
            try await test.accept(committees, what: "branch_committee")
            try await test.accept(studies, what: "study_session")
            try await test.accept(posts, what: "post")
            try await test.withSite { client in try await body(test, client) }
        }
    }

    /// The sections of a list by heading: what stands between one heading and the next.
    static func sections(_ page: String) -> [String: String] {
        var sections: [String: String] = [:]
        for part in page.components(separatedBy: "<h2>").dropFirst() {
            let pieces = part.components(separatedBy: "</h2>")
            sections[pieces[0]] = pieces.dropFirst().joined()
        }
        return sections
    }

    /// The rows of a table, each as its text in cells.
    static func rows(_ section: String?) -> [String] {
        (section ?? "").components(separatedBy: "<tr>").dropFirst()
            .map { $0.components(separatedBy: "</tr>")[0] }
            .filter { $0.contains("scope=\"row\"") }
            .map { row in
                row.replacing(/<[^>]*>/, with: " ").split(whereSeparator: \.isWhitespace)
                    .joined(separator: " ")
            }
    }
}
