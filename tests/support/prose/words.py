"""What the made prose is made of. In Russian and Arabic the patterns hold their nouns in the case that they ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`told` and `said` are patterns with {who}, {what}, {where} and {also}; `speech` has {} for what is said."""

    title: str
    space: str
    speech: str
    who: tuple[str, ...]
    what: tuple[str, ...]
    where: tuple[str, ...]
    also: tuple[str, ...]
    told: tuple[str, ...]
    said: tuple[str, ...]


ENGLISH = Words(
    title="The Long Straight",
    space=" ",
    speech="“{}”",
    who=("Petra", "Okonjo", "the driver", "the clerk from the District", "Mrs Maddox", "the boy at the signal"),
    what=("the lamp", "the register", "the last sack", "a pair of boots", "the string", "the blank card", "the map"),
    where=("at the window", "beyond the points", "under the long table", "on the salt", "at the fifty-third mile"),
    also=("without looking up", "as if nobody were there", "for the second time that night", "as one does at night"),
    told=(
        "{who} put down {what} {where}, {also}.",
        "there had been a light {where} once, and {who} was old enough to remember who had put it out.",
        "it was not {what} that troubled her; it was that somebody had cleaned it.",
        "for a mile or two there was no sound but the wheels, and {who} counted them, {also}.",
        "{who} had been told never to touch {what}, and had gone on wondering why until it was too late to ask.",
        "whatever stood {where} had not been there on the way out.",
        "the door slid open an inch, and through it came the smell of snow, of iron and of {what}.",
        "nobody spoke of {who} after that, {also}; it was simply a place at the table that they walked round.",
    ),
    said=(
        "You might have told me about {what}.",
        "I did tell you. I told you {where}, {also}, and you said that it could wait.",
        "Where is {who}?",
        "Not here. Not any more.",
        "Then who is holding {what}?",
        "Listen. No, listen: it has stopped.",
    ),
)

RUSSIAN = Words(
    title="Долгая прямая",
    space=" ",
    speech="— {}",
    who=("Петра", "старый сортировщик", "машинист", "госпожа Мэддокс", "мальчик со станции", "проводник"),
    what=("фонарь", "журнал", "последний мешок", "детские башмаки", "моток бечёвки", "пустую карточку", "карту"),
    where=("у окна", "за стрелками", "под длинным столом", "на солончаке", "на пятьдесят третьей миле"),
    also=("словно вокруг никого не было", "как будто это могло помочь", "точно боялась кого-нибудь разбудить"),
    told=(
        "когда-то {where} горел свет, и никто уже не помнил, чья рука его погасила.",
        "она положила {what} на место, {also}.",
        "дальше {where} не было ничего, кроме соли и темноты, и темнота эта, казалось, чуть заметно наклонялась.",
        "{who} всё ещё сидит там, где его оставили, — так, по крайней мере, говорили на станции.",
        "ей велели никогда не трогать {what}, и она до самого утра думала о том, почему.",
        "дверь приоткрылась на палец, и в щель потянуло снегом, железом и чем-то ещё, чему она не знала названия.",
        "целую милю слышны были одни колёса; она считала их, {also}.",
    ),
    said=(
        "Ты мог бы сказать мне об этом раньше.",
        "Я и сказал. Ещё {where}. А ты ответила, что это подождёт.",
        "А где же {who}?",
        "Здесь больше никого нет.",
        "Тогда кто же держит {what}?",
        "Тише. Слышишь? Остановился.",
    ),
)

JAPANESE = Words(
    title="長い直線",
    space="",
    speech="「{}」",
    who=("凪", "祖父", "渡し守", "駅長", "隣町の娘", "郵便局の男"),
    what=("提灯", "手紙の束", "赤い紐", "小さな長靴", "古い帳面", "白い札", "川の地図"),
    where=("窓のそば", "橋のあった場所", "長い机の下", "向こう岸", "五十三番目の杭"),
    also=("顔を上げずに", "だれもいないかのように", "その夜、二度目に", "ゆっくりと"),
    told=(
        "{who}は{what}を{where}に置き、{also}また歩きだした。",
        "むかし{where}には明かりがあったが、だれが消したのかを覚えている者は、もういない。",
        "気になったのは{what}ではない。それがきれいに拭かれていたことだった。",
        "しばらくのあいだ水の音だけがして、{who}は{also}それを数えていた。",
        "{what}には決してさわるなと言われていた。なぜなのかは、とうとう聞けなかった。",
        "{where}に立っていたものは、来るときにはたしかになかった。",
        "戸がわずかに開いて、雪と鉄と{what}のにおいが入ってきた。",
    ),
    said=(
        "{what}のことを、もっと早く教えてくれればよかったのに",
        "言ったよ。{where}で、{also}言った",
        "{who}はどこ",
        "ここにはいない。もう、どこにも",
        "では、{what}を持っているのは、だれなの",
        "しっ。止まった",
    ),
)

ARABIC = Words(
    title="الطريق الطويل",
    space=" ",
    speech="«{}»",
    who=("سلمى", "الجدّ", "حارس الميناء", "ساعي البريد", "السيّدة مريم", "ولد المحطّة"),
    what=("المصباح", "الدفتر", "الكيس الأخير", "الحذاء الصغير", "الخيط الأحمر", "البطاقة البيضاء", "الخريطة"),
    where=("عند النافذة", "خلف الرصيف", "تحت الطاولة الطويلة", "على الملح", "عند الميل الثالث والخمسين"),
    also=("من غير أن يلتفت أحد", "كأنّ المكان خالٍ", "للمرّة الثانية في تلك الليلة", "ببطء شديد"),
    told=(
        "كان {what} موضوعًا {where}، {also}.",
        "كان {where} ضوءٌ في ما مضى، ولم يعد أحد يذكر من الذي أطفأه.",
        "لم يكن {what} هو ما أقلقها، بل أنّ أحدًا ما قد نظّفه.",
        "مرّ ميلٌ كامل لا يُسمع فيه سوى الماء، وكانت تعدّ أنفاسها {also}.",
        "قيل لها ألّا تلمس {what} أبدًا، فظلّت تسأل نفسها عن السبب حتى فات أوان السؤال.",
        "ما كان واقفًا {where} لم يكن هناك في طريق الذهاب.",
        "انفتح الباب قليلًا، ودخلت منه رائحة الثلج والحديد وشيءٍ ثالث لا اسم له.",
        "لم يذكر أحدٌ اسم {who} بعد ذلك، {also}.",
    ),
    said=(
        "كان عليك أن تخبرني عن {what}.",
        "لقد أخبرتك {where}، فقلتِ إنّ الأمر يحتمل الانتظار.",
        "وأين {who}؟",
        "ليس هنا. لم يعد هنا أحد.",
        "فمن الذي يحمل {what} إذن؟",
        "اسمعي. لقد توقّف.",
    ),
)

LANGUAGES = {"en": ENGLISH, "ru": RUSSIAN, "ja": JAPANESE, "ar": ARABIC}
