"""Invented names: communities after gardens and roads, persons from common characters."""

FIRST = "桐花 锦书 碧沙 柳岸 槐荫 听雨 望岳 清溪 杏林 梧桐 翠屏 朝晖 云台 榴园 芦湾 枫桥 麦香 竹溪 "
FIRST += "荷塘 松涛 银杏 石榴 紫藤 春晓 和风 晴川 嘉禾 丰乐 安和 永宁"
SECOND = "路 苑 里 园 街"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "安邦宝斌博超诚春达德东恩帆芳飞峰凤刚国海涵浩红宏华慧吉佳嘉建杰锦晶静娟军君凯兰乐丽莉立林琳玲龙梅"
GIVEN += "美敏明楠宁鹏平萍琪强青庆秋荣蓉瑞珊胜书淑松涛婷薇伟文霞翔晓欣新秀旭雪雅岩艳阳洋怡英颖勇玉媛悦云芸泽珍志忠卓"


def community_names(rng):
    names = [first + second for first in FIRST.split() for second in SECOND.split()]
    rng.shuffle(names)
    return iter(names)


class Person:
    def __init__(self, number, name, unit):
        self.number, self.name, self.unit = number, name, unit


class People:
    def __init__(self, rng):
        self.rng, self.all = rng, []

    def new(self, unit):
        given = "".join(self.rng.choice(GIVEN) for _ in range(self.rng.choice((1, 2, 2, 2))))
        person = Person(f"P{len(self.all) + 1:05d}", self.rng.choice(SURNAMES) + given, unit)
        self.all.append(person)
        return person

    def several(self, count, unit):
        return [self.new(unit) for _ in range(count)]
