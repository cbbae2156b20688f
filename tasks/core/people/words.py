"""Words by which capitalised words are told apart: parts of a person's name, of an institution's, or neither."""

from __future__ import annotations

# Capitalised, yet never a part of a person's name: they end a name or stand before one.
_NO_NAMES = """\
    a about above according across added adding addressing after afterwards again against ahead all almost along already
    also although always amid among an and another answering any anyone appearing are around as asked asking at
    attending back be because been before behind being below beside besides between beyond both briefly but by calling
    can certainly citing clearly commenting concerning considering could currently describing despite did do does down
    due during each earlier early either elsewhere especially even ever every everyone except explaining few finally
    first following for former formerly fortunately four from further furthermore general generally given giving had
    half has have having he hence her here his how however hundreds i if in including indeed initially inside instead
    into is it its just last late lately later leaving less let like likewise long many maybe meanwhile more moreover
    most much my near nearly neither never nevertheless new next no nobody none nor not nothing notably noting now of
    off officially often ok on once one only or other others otherwise our out outside over overall part perhaps please
    presenting previously prior probably quoting rather recalling recently referring regarding reportedly responding
    same second secondly separately several shall she shortly should similarly simultaneously since six so some someone
    something sometimes soon speaking specifically still such suddenly summing ten than thanks that the their them then
    there therefore these they third this those though thousands three through throughout thus to today together
    tomorrow tonight too touching toward towards turning two typically ultimately under unfortunately unless unlike
    until up upon us using usually very was we welcome well were what whatever when whenever where whereas whether which
    while who whoever whom whose why will with within without would writing yes people yesterday yet you your monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms miss messrs sir madam dame lady
    lord comrade sr jr st republican republicans democrat democrats democratic conservative conservatives labour liberal
    liberals socialist socialists communist communists islamist islamists tory tories green greens nationalist
    independent european europeans arab arabs african africans asian asians western eastern northern southern central
    kurdish kurds houthi houthis muslim muslims christians catholic catholics jewish jews sunni shiite shi'ite soviet
    nazi hindu orthodox chechen crimean catalan buddhist islam internet covid twitter facebook english easter ramadan
    christmas north south east west northeast northwest southeast southwest photo video update updated editing reporting
    read watch file source sources breaking exclusive
"""
NO_NAMES = frozenset(_NO_NAMES.split())

# A run of capitalised words that holds one of these names an institution, a place or a thing.
_INSTITUTION_WORDS = """\
    academy accord accords act affairs agence agencia agenzia administration agency agreement air airlines airport
    airways alliance army aerospace assembly assistance association authority avenue bank barracks base basin bay
    beach board border bridge brigade broadcasting building bureau cabinet campus canal cape capital castle
    cathedral cell center central centre chamber channel charter church city civil club coalition coast code college
    command commission committee commons communist community company conference confederation congress constitution
    convention cooperation corp corporation corps council county court crescent cross cup daily declaration defence
    defense delta democratic department deal desert dialogue directorate district division doctrine duma economic
    embassy emergency energy enterprise exchange executive express falls faculty federal federation fleet forces
    force foreign forest fort forum foundation front fund games gate gazette group guard guards gulf hall harbor
    harbour herald heights highway hill hills holdings hospital hotel house inc industries initiative institute
    institution insurance intelligence international investment island islands islamic isles jail journal jihad
    judiciary justice kingdom knesset labor lake league legion library limited line lords ltd mall market media
    memorial military mine ministry mission mosque mount mountain mountains movement museum national nations navy
    network news observatory ocean office olympics oversight protection wildlife appropriations organisation
    organization pact palace parliament park partnership party pass peace peninsula people's petroleum plan plant
    plaza police policy political port post power press prison program programme project prosecutor's province
    public qaeda radio railway rally region registry regulatory relations report republic research reserve
    revolution revolutionary river road roads round salvation sachs school sea secretariat section securities
    security senate service services shabaab shipping sites social society solutions square staff stadium standard
    state statehouse states station strait straits strategy street studies summit supreme survey system systems
    taliban tank task team technologies television temple territory theatre theater times today tower trade treasury
    treaty tribunal tribune trust tunnel union united university valley verkhovna village volunteers wall war watch
    week wire works world zone bundestag rada haram brotherhood capitol telegram instagram youtube google microsoft
    agriculture aviation culture economy education finance health infrastructure interior tourism transport
    mining metals commodities motors foods pharma pharmaceuticals biotech ventures logistics semiconductor electronics
    analytics consulting telecom cement refineries securities plc llc gmbh nv
    apple amazon tesla exxon boeing airbus gazprom rosneft lukoil huawei toyota samsung tiktok
"""
INSTITUTION_WORDS = frozenset(_INSTITUTION_WORDS.split())

# Of these some are surnames as well: behind a given name they are.
_SURNAMES_TOO = """\
    hill hills lake hall church park cross forest street castle temple post power gates wall house bay beach bridge pass
    justice way ways means fort college
"""
SURNAMES_TOO = frozenset(_SURNAMES_TOO.split())

PARTICLES = (
    "de|da|do|dos|das|del|della|di|du|des|der|den|van|von|bin|bint|ibn|al|el|la|le|los|las|y|e|ter|ten|af|av|zu|ul|ud"
    "|ur|abu|ben|bar|st\\."
)

# Words of respect that stand where a name begins, and are no part of it.
_HONORIFICS = """\
    Datuk Datin Dato' Dato Seri Sri Tan Tun Puan Tuan Haji Hajji Hajj Prince Princess Sheikh Sheikha Shaikh Senator Daw
    Ustad Maulana Mullah Prof Professor Dr Eng Engr Shri Smt Thiru Hon Chief Alhaji Barrister Begum Sardar Chaudhry Khun
    Commodore Excellency Monsignor Msgr Ambassador Justice Pastor Father
    Don Rev Reverend
"""
HONORIFICS = frozenset(_HONORIFICS.split())

# Chinese, Korean and Vietnamese family names, which stand first.
_FAMILY_FIRST = """\
    Bai Cai Cao Chang Chen Cheng Cho Choe Choi Chu Chung Cui Dai Deng Ding Dong Du Fan Fang Feng Fu Gao Geng Gong Gu
    Guan Guo Ha Hwang Hyon Han Hao He Ho Hong Hou Hu Hua Huang Hun Im Jang Jeon Jeong Ji Jia Jiang Jin Jo Jung Kang Kim
    Ko Kong Kwak Kwon Lai Lee Lei Leng Li Liang Liao Lim Lin Liu Lu Luo Ma Mao Meng Min Mu Na Nam Oh Pak Park Peng Qian
    Qiao Qin Ra Ri Ryu Seo Shen Shi Shin Sim Sin Son Song Su Suh Sun Sung Tang Tao Tian Tong Wang Wei Wen Woo Wu Xi Xia
    Xiao Xie Xing Xiong Xu Xue Yan Yang Yao Ye Yi Yin Yoo Yoon You Yu Yuan Yun Zeng Zhang Zhao Zheng Zhong Zhou Zhu
    Zhuang Zou
"""
FAMILY_FIRST = frozenset(_FAMILY_FIRST.split())

KIN = (
    "wife|husband|son|daughter|brother|sister|father|mother|son-in-law|daughter-in-law|father-in-law|mother-in-law"
    "|brother-in-law|sister-in-law|nephew|niece|cousin|uncle|aunt|widow|widower|grandson|granddaughter|grandfather"
    "|grandmother|ex-wife|ex-husband|partner|fiancee|fiance"
)

# What is named after one of these is a thing: "the rights group Dwa Lakay", "the ship Sea Star".
THINGS = (
    "group|party|company|firm|agency|newspaper|daily|weekly|website|site|organi[sz]ation|charity|movement"
    "|coalition|network|bank|town|city|village|province|district|region|state|county|island|river|port|militia"
    "|bloc|team|club|ship|vessel|tanker|ferry|platform|broadcaster|channel|magazine|airline|association"
    "|foundation|institute|university|unit|brigade|battalion|operation|project|maker|giant|startup|brand|app"
    "|service|publication|tabloid|outlet|portal|think tank|media"
)
# Trades of persons, and as often of firms, papers and ships: what they name is a person only by a given name.
_THING_TRADES = """\
    broadcaster carrier manufacturer retailer insurer lender chipmaker carmaker planemaker drugmaker maker
    operator publisher developer supplier miner producer provider trader shipper freighter trawler cruiser
    destroyer tanker icebreaker cutter airliner fighter bomber competitor newsletter monitor regulator observer
    contractor subcontractor wholesaler distributor exporter importer tabloid processor generator reactor
    helicopter startup
"""
THING_TRADES = frozenset(_THING_TRADES.split())

# A common noun for somebody of a trade, right before a name ("epidemiologist Marta Quelhas"): by its ending, or one of
# these.
TRADE = (
    r"(?:co-)?[a-z]{3,}(?:er|or|ist|ian|arian|man|woman)|boy|captive|chef|child|cleric|clerk|colleague|defendant"
    r"|detainee|electrician|coach|girl|guard|guide|hostage|imam|mechanic|midwife|monk|neighbour|nun|nurse|paramedic|pilot|poet|priest"
    r"|rabbi|suspect|architect|captain|artist|inmate|sergeant|assistant|accountant|informant|participant|applicant|sociologist|principal|dean|rector|chaplain|vicar|agent"
)
_TRADE_NOT = """\
    after over under other either neither whether rather together however never ever per her later earlier former latter
    further another center corner border river water winter summer number order power paper newspaper letter matter
    consider remember deliver cover enter offer answer gather discover recover suffer transfer differ prefer refer deter
    administer bother favor honor for nor color labor harbor minor major prior interior exterior error terror mirror
    floor door exist list twist assist persist consist resist insist mist fist wrist racist fascist communist socialist
    islamist terrorist christian russian italian than human german roman woman's order quarter chapter center disorder
    centrist leftist rightist separatist monarchist loyalist royalist extremist jihadist secularist moderate reformist
    weather murder silver cancer charter cyber tower tanker carrier frontier bigger greater lower higher
    closer larger stronger longer easier older younger smaller wider better inner outer upper proper super
"""
TRADE_NOT = frozenset(_TRADE_NOT.split())

# Trades that stand with a capital where they open a sentence ("Striker Emre Uzun scored"): surely no names.
_OPENING_TRADES = """\
    striker midfielder defender goalkeeper winger forward captain skipper coach manager referee umpire
    sprinter swimmer boxer wrestler skier climber cyclist driver pilot sailor fisherman farmer herder baker
    butcher carpenter plumber electrician mechanic engineer technician architect designer developer programmer
    scientist physicist chemist biologist geologist seismologist volcanologist meteorologist climatologist
    epidemiologist virologist cardiologist psychologist sociologist anthropologist archaeologist economist
    linguist philosopher theologian librarian curator historian novelist poet playwright author writer singer
    songwriter musician composer conductor pianist violinist guitarist drummer dancer choreographer actor
    actress comedian painter sculptor photographer filmmaker producer director broadcaster presenter columnist
    reporter journalist editor publisher nurse midwife surgeon paramedic pharmacist veterinarian dentist
    teacher lecturer researcher student shopkeeper trader grocer waiter waitress chef tailor weaver barber
    hairdresser fishmonger porter docker miner welder builder labourer laborer gardener forester ranger
    firefighter rescuer lifeguard policeman policewoman detective investigator prosecutor lawyer notary
    mediator negotiator interpreter translator monk nun priest pastor imam rabbi cleric survivor witness
    resident villager pensioner widow widower neighbour neighbor organiser organizer campaigner activist
    protester demonstrator volunteer entrepreneur businessman businesswoman analyst strategist pollster banker
    broker accountant auditor
"""
OPENING_TRADES = frozenset(_OPENING_TRADES.split())
# Said of many, they are nobody's trade: "a member of parliament", "a supporter of the ruling party".
NO_TRADES = frozenset(
    """member supporter follower opponent fighter winner owner leader figure predecessor successor""".split()
)

# Of what kind a trade is: "police officer", "bus driver".
_KINDS = """\
    aid ambulance army bakery bank beach board boat border bus cab cabinet camel car cattle charity church
    climate clinic coal cocoa coffee commission committee construction cotton council court crane crew crime
    customs dairy delivery dock emergency factory family farm fashion ferry film fire fish flower forest fruit
    gang gas goat gold grain grape harbor harbour health hospital hotel insurance kiosk lorry market mine
    minibus motorcycle mountain museum navy news night oil olive orchard parcel parish park parliament party
    patrol police port post postal prison property railway refugee relief rescue restaurant rice rights river
    road school scrap security sheep ship shop social sports steel street sugar taxi tea textile ticket timber
    tour tractor traffic train tram transport truck tug union vegetable village war water wheat wildlife wine
    youth
"""
KINDS = frozenset(_KINDS.split())
