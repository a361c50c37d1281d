import TestKit

/// The small district with a committee of its first community and three branches below it, of which
/// two become one.
enum CommitteeDistrict {
    static let units =
        TestDistrict.smallDistrict + """

            CP-1,一社区党委,committee,410102001001,410102001,,2014-01-01,
            CP-1-1,一社区第一支部,branch,,CP-1,,2014-01-01,
            CP-1-2,一社区第二支部,branch,,CP-1,,2014-01-01,
            CP-1-3,一社区第三支部,branch,,CP-1,,2014-01-01,
            """

    static let merger = """
        批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,党组织上级
        R1,支部调整,1号,2015-06-01,merge,CP-1-2,CP-1-4,一社区第四支部,branch,CP-1
        R1,支部调整,1号,2015-06-01,merge,CP-1-3,CP-1-4,,,
        """
}
